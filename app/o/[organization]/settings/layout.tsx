import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SettingsFrame } from "@/components/settings/frame";
import { settingsHome, type SettingsProps } from "./home";

export const metadata: Metadata = { title: { absolute: "Settings · Parley" } };

export default async function Layout({ children, ...props }: SettingsProps & { children: ReactNode }) {
  const { me, organization } = await settingsHome(props);
  return (
    <SettingsFrame me={me} organization={organization.name}>
      {children}
    </SettingsFrame>
  );
}
