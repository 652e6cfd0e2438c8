import type { Metadata } from "next";
import { NoPermission } from "@/components/settings/no-permission";
import { PeoplePage } from "@/components/settings/people-page";
import { mayAdministerPeople } from "@/lib/policy/person";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "People · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const asker = { personId: me.id, role: me.role, rules: organization };
  const decision = mayAdministerPeople(asker);
  if (!decision.ok) return <NoPermission title="People" reason={decision.reason} />;
  return <PeoplePage asker={asker} organization={organization.name} />;
}
