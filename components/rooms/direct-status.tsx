"use client";
import { useStatus, useUntilWords } from "@/components/profile/use-status";
import { presenceNames } from "@/components/ui/presence";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePerson } from "@/lib/client/hooks/use-person";
import { usePresence } from "@/lib/client/hooks/use-presence";
import type { Room } from "@/lib/contract/room";
import { onlyOtherIn, othersIn, peopleCount } from "./room-name";

/** The second line of a direct room's header: the other person's presence and status, or the number of people in the room. */
export function DirectStatus({ room }: { room: Pick<Room, "directIds"> }) {
  const { me } = useMe();
  const others = othersIn(room, me.id);
  const onlyId = onlyOtherIn(room, me.id);
  return (
    <p className="truncate text-xs text-ink-faint md:ms-3">
      {onlyId ? (
        <PresenceOf personId={onlyId} />
      ) : others.length === 0 ? (
        "Only you can see this"
      ) : (
        peopleCount(room.directIds.length)
      )}
    </p>
  );
}

function PresenceOf({ personId }: { personId: string }) {
  const presence = usePresence(personId);
  const person = usePerson(personId);
  const status = useStatus(person);
  const until = useUntilWords(status);
  const isBlocked = useBlocked().ids.has(personId);
  if (person?.deactivatedAt) return "Deactivated";
  if (isBlocked) return "Blocked";
  const words = presence ? presenceNames[presence] : `@${person?.handle ?? ""}`;
  if (!status) return words;
  return (
    <>
      {words}, <bdi>{[status.emoji, status.text, until].filter(Boolean).join(" ")}</bdi>
    </>
  );
}
