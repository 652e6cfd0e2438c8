import type { Metadata } from "next";
import { GeneralPage } from "@/components/settings/general-page";
import { NoPermission } from "@/components/settings/no-permission";
import { mayManageOrganization } from "@/lib/policy/organization";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "General · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const decision = mayManageOrganization(me);
  if (!decision.ok) return <NoPermission title="General" reason={decision.reason} />;
  return <GeneralPage organization={organization} />;
}
