import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "@/components/auth/setup-form";
import { SetupGate } from "@/components/shell/gate";
import { organizationExists } from "@/lib/domain/organization/exists";
import { pageCaller } from "@/lib/server/auth-page";
import { asksSetupCode } from "@/lib/server/setup-code";

export const metadata: Metadata = { title: { absolute: "Set up · Parley" } };

const steps = [
  { label: "You and your organization", hint: "You become its owner" },
  { label: "Rooms", hint: "Five to start with, made for you" },
  { label: "People", hint: "Invite the first few from Settings" },
];

export default async function Page() {
  if (await organizationExists()) redirect("/sign-in");
  return (
    <SetupGate
      title="Set up your team chat"
      lead="Two minutes. Everything stays on this server."
      steps={steps}
      current={0}
    >
      <h2 className="mt-1 text-xl tracking-display">You and your organization</h2>
      <p className="mt-1 mb-5 text-ui text-ink-soft">
        You sign in with this e-mail and password, and own the organization.
      </p>
      <SetupForm asksCode={asksSetupCode(await pageCaller())} />
    </SetupGate>
  );
}
