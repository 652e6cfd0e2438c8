import type { Metadata } from "next";
import { NoPermission } from "@/components/settings/no-permission";
import { RoomPage } from "@/components/settings/room-page";
import { mayAdministerRooms } from "@/lib/policy/room-settings";
import { settingsHome } from "../../home";

export const metadata: Metadata = { title: { absolute: "Room · Settings · Parley" } };

interface RoomSettingsProps {
  params: Promise<{ organization: string; roomId: string }>;
}

export default async function Page(props: RoomSettingsProps) {
  const { me, organization } = await settingsHome(props);
  const decision = mayAdministerRooms(me);
  if (!decision.ok) return <NoPermission title="Room" reason={decision.reason} />;
  const asker = { personId: me.id, role: me.role, rules: organization };
  return <RoomPage roomId={(await props.params).roomId} asker={asker} />;
}
