import type { Metadata } from "next";
import { NoPermission } from "@/components/settings/no-permission";
import { RoomsPage } from "@/components/settings/rooms-page";
import { mayAdministerRooms } from "@/lib/policy/room-settings";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "Rooms · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const decision = mayAdministerRooms(me);
  if (!decision.ok) return <NoPermission title="Rooms" reason={decision.reason} />;
  const asker = { personId: me.id, role: me.role, rules: organization };
  return <RoomsPage asker={asker} organization={organization.name} />;
}
