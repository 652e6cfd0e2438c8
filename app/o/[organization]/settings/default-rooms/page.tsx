import type { Metadata } from "next";
import { DefaultRoomsPage } from "@/components/settings/default-rooms-page";
import { NoPermission } from "@/components/settings/no-permission";
import { mayAdministerRooms } from "@/lib/policy/room-settings";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "Default rooms · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const decision = mayAdministerRooms(me);
  if (!decision.ok) return <NoPermission title="Default rooms" reason={decision.reason} />;
  const asker = { personId: me.id, role: me.role, rules: organization };
  return <DefaultRoomsPage asker={asker} organization={organization.name} />;
}
