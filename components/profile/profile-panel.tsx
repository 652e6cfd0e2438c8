"use client";
import { ChevronLeft, UserRoundX, X } from "lucide-react";
import { useAsker } from "@/components/people/use-asker";
import { Bar } from "@/components/shell/frame";
import { replacePlace, useProfilePath } from "@/components/shell/place";
import { SidePanel } from "@/components/shell/side-panel";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useListsVersion } from "@/lib/client/hooks/use-lists-version";
import { useMe } from "@/lib/client/hooks/use-me";
import { useOrganizationClock } from "@/lib/client/hooks/use-organization-clock";
import { usePerson } from "@/lib/client/hooks/use-person";
import { usePresence } from "@/lib/client/hooks/use-presence";
import { useQuery } from "@/lib/client/hooks/use-query";
import { useRarely } from "@/lib/client/hooks/use-rarely";
import { useRoom } from "@/lib/client/hooks/use-room";
import { useRoomCount } from "@/lib/client/hooks/use-room-count";
import { Profile } from "./profile";

type ProfilePanelProps = {
  personId: string;
  /** The room on the screen. */
  roomId: string | null;
};

/** In a large organization something changes all the time. */
const reloadEveryMs = 5_000;

/** The panel with somebody's profile, beside a room or the directory. */
export default function ProfilePanel({ personId, roomId }: ProfilePanelProps) {
  const { me } = useMe();
  const asker = useAsker();
  const pathTo = useProfilePath();
  const other = usePerson(personId === asker.personId ? null : personId);
  const person = personId === asker.personId ? me : other;
  // What changes groups, rooms in common and handles, and when they were last seen. Presence is unknown without a connection.
  const changes = [useOrganizationClock(), useListsVersion(), useRoomCount(), usePresence(personId)].join(" ");
  const version = useRarely(changes, reloadEveryMs, personId);
  const shown = useQuery({ personId }, (call, input) => call("person.show", input), { version });
  // After other errors, the profile shows what is known already.
  const isMissing = shown.error !== null && (shown.error.code === "not_found" || !person);
  const item = useRoom(roomId ?? "");
  const close = () => replacePlace(pathTo(null));
  return (
    <SidePanel label={person ? `Profile of ${person.name}` : "Profile"} onEscape={close}>
      <Bar>
        <IconButton label="Back" tooltip={false} className="md:hidden" onClick={close}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h2 className="me-auto text-md font-semibold">Profile</h2>
        <IconButton label="Close" shortcut="mod+." className="max-md:hidden" onClick={close}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-[calc(var(--spacing-bar)+20px)] pb-6 max-md:pb-28">
        {person && !isMissing && (
          <Profile person={person} facts={shown.data} item={item} onLeave={close} onReload={shown.reload} />
        )}
        {!person && !shown.error && <ListSkeleton rows={5} label="Loading the profile" />}
        {isMissing && (
          <Empty
            icon={<UserRoundX />}
            heading="h3"
            title="Couldn't show this profile"
            actions={<Button onClick={shown.reload}>Try again</Button>}
          >
            {shown.error?.message}
          </Empty>
        )}
      </div>
    </SidePanel>
  );
}
