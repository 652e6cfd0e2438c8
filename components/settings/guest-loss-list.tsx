"use client";
import { type Loss, LossList } from "@/components/groups/loss-list";
import { roleNames } from "@/components/people/room-roles";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { GuestLosses } from "@/lib/contract/person-administration";

/** Lists the groups, rooms and room roles that a person loses by becoming a guest. */
export function GuestLossList({ personId }: { personId: string }) {
  const { data, error } = useQuery({ personId }, (ask, input) => ask("person.guestLosses", input));
  return (
    <div className="space-y-3">
      {data && data.groups.length + data.rooms.length === 0 && <p className="text-sm">They keep all their rooms.</p>}
      <LossList label="What they lose" losses={data && lossesOf(data)} problem={error?.message} />
    </div>
  );
}

function lossesOf({ groups, rooms }: GuestLosses): Loss[] {
  const ofGroups = groups.map(({ id, name }): Loss => {
    return { id, name, reason: "Guests can't be in groups", tone: "danger", words: "Leaves group" };
  });
  const ofRooms = rooms.map(({ id, name, role, leaves }): Loss => {
    return leaves
      ? { id, name, reason: "Open to them only as a member", tone: "danger", words: "Leaves room" }
      : { id, name, reason: "Stays in the room", tone: "neutral", words: `No longer ${roleNames[role].toLowerCase()}` };
  });
  return [...ofGroups, ...ofRooms];
}
