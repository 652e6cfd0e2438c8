import type { Metadata } from "next";
import { AccountPage } from "@/components/settings/account-page";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "Account · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, email, preferences, blocks } = await settingsHome(props);
  return <AccountPage me={me} email={email} preferences={preferences} blocksTick={blocks.tick} />;
}
