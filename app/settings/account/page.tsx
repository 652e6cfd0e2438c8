import type { Metadata } from "next";
import { AccountPage } from "@/components/settings/account-page";
import { settingsHome } from "../home";

export const metadata: Metadata = { title: { absolute: "Account · Settings · Parley" } };

export default async function Page() {
  const { me, email } = await settingsHome();
  return <AccountPage me={me} email={email} />;
}
