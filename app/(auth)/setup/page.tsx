import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountStep } from "@/components/setup/account-step";
import { PeopleStep } from "@/components/setup/people-step";
import { stepFor, stepPath } from "@/components/setup/place";
import { RoomsStep } from "@/components/setup/rooms-step";
import { SetupGate } from "@/components/shell/gate";
import { loadHome } from "@/lib/domain/home/load";
import { pathsOf } from "@/lib/contract/paths";
import { organizationExists } from "@/lib/domain/organization/exists";
import { mayAddFirstRooms } from "@/lib/policy/organization";
import { pageCaller } from "@/lib/server/auth-page";
import { asksSetupCode } from "@/lib/server/setup-code";

export const metadata: Metadata = { title: { absolute: "Set up · Parley" } };

type PageProps = { searchParams: Promise<{ step?: string | string[] }> };

const steps = {
  account: { label: "You and your organization", hint: "You'll be the owner" },
  rooms: { label: "Rooms", hint: "Where to start talking" },
  people: { label: "People", hint: "Invite the first few" },
};

/** The set-up. After its first step, only the owner can open it, and only until another person has joined. */
export default async function Page({ searchParams }: PageProps) {
  if (!(await organizationExists())) return <FirstStep />;
  // Without a session, this redirects to the sign-in page, which returns here afterwards.
  const { me, organization, rooms } = await loadHome(null);
  const general = rooms.find(({ room }) => room.joinsEveryone)?.room;
  const isAlone = general?.memberCount === 1;
  if (!general || !isAlone || !mayAddFirstRooms(me).ok) redirect("/");

  const { step: asked } = await searchParams;
  const step = stepFor(asked, rooms.length);
  // The step is in the URL, so that Back works.
  if (step !== asked) redirect(stepPath(step));

  const names = rooms.flatMap(({ room }) => room.name ?? []).toSorted();
  const done = { ...steps.account, hint: `${me.name}, ${organization.name}` };
  if (step === "rooms") {
    return (
      <SetupGate
        {...frame}
        steps={[done, steps.rooms, steps.people]}
        current={1}
        heading="Your first rooms"
        description="Everyone is in General. Only people in a group can find its room."
      >
        <RoomsStep organization={organization.name} existing={names} />
      </SetupGate>
    );
  }
  return (
    <SetupGate
      {...frame}
      steps={[done, { ...steps.rooms, hint: names.join(", ") }, steps.people]}
      current={2}
      heading="Invite your team"
      description="Send this link to your team. They join as members and start in General."
    >
      <PeopleStep personId={me.id} generalPath={pathsOf(organization.handle).room(general.id)} />
    </SetupGate>
  );
}

const frame = {
  title: "Set up your team chat",
  lead: "Two minutes. Everything stays on this server.",
};

async function FirstStep() {
  return (
    <SetupGate
      {...frame}
      steps={Object.values(steps)}
      current={0}
      heading="You and your organization"
      description="You'll sign in with this email and password, and own the organization."
    >
      <AccountStep asksCode={asksSetupCode(await pageCaller(null))} />
    </SetupGate>
  );
}
