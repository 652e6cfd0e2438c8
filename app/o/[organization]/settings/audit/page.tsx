import type { Metadata } from "next";
import { AuditPage } from "@/components/settings/audit-page";
import { NoPermission } from "@/components/settings/no-permission";
import { mayReadAudit } from "@/lib/policy/organization";
import { settingsHome, type SettingsProps } from "../home";

export const metadata: Metadata = { title: { absolute: "Audit log · Settings · Parley" } };

export default async function Page(props: SettingsProps) {
  const { me, organization } = await settingsHome(props);
  const decision = mayReadAudit(me);
  if (!decision.ok) return <NoPermission title="Audit log" reason={decision.reason} />;
  return <AuditPage organization={organization} />;
}
