import type { Metadata } from "next";
import type { ReactNode } from "react";
import { GroupsLayout } from "@/components/groups/groups-layout";
import { NoPermission } from "@/components/settings/no-permission";
import { mayManageGroups } from "@/lib/policy/organization";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "Groups · Settings · Parley" } };

export default async function Layout({ children, ...props }: SettingsProps & { children: ReactNode }) {
  const { me, organization } = await settingsHome(props);
  if (!mayManageGroups(me).ok)
    return <NoPermission title="Groups" reason="Only owners and admins can manage groups." />;
  return <GroupsLayout organization={organization.name}>{children}</GroupsLayout>;
}
