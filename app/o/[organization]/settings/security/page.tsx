import type { Metadata } from "next";
import { SecurityPage } from "@/components/settings/security-page";
import { NoPermission } from "@/components/settings/no-permission";
import { mayManageOrganization } from "@/lib/policy/organization";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "Security · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const decision = mayManageOrganization(me);
  if (!decision.ok) return <NoPermission title="Security" reason={decision.reason} />;
  return <SecurityPage organization={organization} />;
}
