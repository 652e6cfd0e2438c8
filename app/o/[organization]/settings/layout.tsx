import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SettingsFrame } from "@/components/settings/frame";
import { LiveSettings } from "@/components/settings/live";
import { buildVersion } from "@/lib/server/start";
import { settingsHome, type SettingsProps } from "./home";

export const metadata: Metadata = { title: { absolute: "Settings · Parley" } };

export default async function Layout({ children, ...props }: SettingsProps & { children: ReactNode }) {
  const home = await settingsHome(props);
  const { me, organization } = home;
  // The settings pages need no rooms, people or invites of the home data.
  const homeWithoutRooms = { ...home, rooms: [], people: [], invites: [] };
  return (
    <LiveSettings key={me.id} home={homeWithoutRooms} version={await buildVersion()}>
      <SettingsFrame me={me} organization={organization.name}>
        {children}
      </SettingsFrame>
    </LiveSettings>
  );
}
