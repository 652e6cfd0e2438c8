import type { Metadata } from "next";
import { InvitesPage } from "@/components/settings/invites-page";
import { NoPermission } from "@/components/settings/no-permission";
import { mayManageInvites } from "@/lib/policy/organization";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "Invites · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const asker = { personId: me.id, role: me.role, rules: organization };
  const decision = mayManageInvites(asker);
  if (!decision.ok) return <NoPermission title="Invites" reason={decision.reason} />;
  return <InvitesPage asker={asker} organization={organization.name} />;
}
