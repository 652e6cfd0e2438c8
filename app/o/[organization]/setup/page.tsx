import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PeopleStep } from "@/components/setup/people-step";
import { setupFrame, setupSteps, stepFor } from "@/components/setup/place";
import { RoomsStep } from "@/components/setup/rooms-step";
import { SetupGate } from "@/components/shell/gate";
import { pathsOf } from "@/lib/contract/paths";
import { loadHome } from "@/lib/domain/home/load";
import { mayAddFirstRooms } from "@/lib/policy/organization";

export const metadata: Metadata = { title: { absolute: "Set up · Parley" } };

type PageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<{ step?: string | string[] }>;
};

/** The steps of the set-up after the first. Only the owner can open them, and only until another person has joined. */
export default async function Page({ params, searchParams }: PageProps) {
  // Without a session, this redirects to the sign-in page, which returns here afterwards.
  const { me, organization, rooms } = await loadHome((await params).organization);
  const paths = pathsOf(organization.handle);
  const general = rooms.find(({ room }) => room.joinsEveryone)?.room;
  const isAlone = general?.memberCount === 1;
  if (!general || !isAlone || !mayAddFirstRooms(me).ok) redirect(paths.home);

  const { step: asked } = await searchParams;
  const step = stepFor(asked, rooms.length);
  // The step is in the URL, so that Back works.
  if (step !== asked) redirect(paths.setup(step));

  const names = rooms.flatMap(({ room }) => room.name ?? []).toSorted();
  const done = { ...setupSteps.account, hint: `${me.name}, ${organization.name}` };
  if (step === "rooms") {
    return (
      <SetupGate
        {...setupFrame}
        steps={[done, setupSteps.rooms, setupSteps.people]}
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
      {...setupFrame}
      steps={[done, { ...setupSteps.rooms, hint: names.join(", ") }, setupSteps.people]}
      current={2}
      heading="Invite your team"
      description="Send this link to your team. They join as members and start in General."
    >
      <PeopleStep personId={me.id} generalPath={paths.room(general.id)} />
    </SetupGate>
  );
}
