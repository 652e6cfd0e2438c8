import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SettingsFrame } from "@/components/settings/frame";
import { settingsHome } from "./home";

export const metadata: Metadata = { title: { absolute: "Settings · Parley" } };

export default async function Layout({ children }: { children: ReactNode }) {
  const { me, organization } = await settingsHome();
  return (
    <SettingsFrame me={me} organization={organization.name}>
      {children}
    </SettingsFrame>
  );
}
