import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountStep } from "@/components/setup/account-step";
import { isStep, setupFrame, setupSteps } from "@/components/setup/place";
import { SetupGate } from "@/components/shell/gate";
import { pathsOf } from "@/lib/contract/paths";
import { organizationExists } from "@/lib/domain/organization/exists";
import { pageCaller, pageSessions, redirectToSignIn } from "@/lib/server/auth-page";
import { asksSetupCode } from "@/lib/server/setup-code";

export const metadata: Metadata = { title: { absolute: "Set up · Parley" } };

type PageProps = { searchParams: Promise<{ step?: string | string[] }> };

/** The first step of the set-up. Its other steps have addresses of their organization, to which this redirects. */
export default async function Page({ searchParams }: PageProps) {
  if (!(await organizationExists())) return <FirstStep />;
  const [last] = await pageSessions();
  if (!last) return redirectToSignIn();
  const { step } = await searchParams;
  return redirect(pathsOf(last.handle).setup(isStep(step) ? step : undefined));
}

async function FirstStep() {
  return (
    <SetupGate
      {...setupFrame}
      steps={Object.values(setupSteps)}
      current={0}
      heading="You and your organization"
      description="You'll sign in with this email and password, and own the organization."
    >
      <AccountStep asksCode={asksSetupCode(await pageCaller(null))} />
    </SetupGate>
  );
}
