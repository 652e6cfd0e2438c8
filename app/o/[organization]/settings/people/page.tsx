import type { Metadata } from "next";
import { NoPermission } from "@/components/settings/no-permission";
import { PeoplePage } from "@/components/settings/people-page";
import { runsOrganization } from "@/lib/policy/decision";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "People · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const asker = { personId: me.id, role: me.role, rules: organization };
  if (!runsOrganization(asker))
    return <NoPermission title="People" reason="Only owners and admins can manage people." />;
  return <PeoplePage asker={asker} organization={organization.name} />;
}
