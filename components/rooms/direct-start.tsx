"use client";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePerson } from "@/lib/client/hooks/use-person";
import type { Room } from "@/lib/contract/room";
import { DirectIcon } from "./direct-icon";
import { onlyOtherIn, othersIn } from "./room-name";
import { useRoomTitle } from "./use-room-title";

/** The beginning of a direct room's log: who is in the room, and who can read it. */
export function DirectStart({ room }: { room: Room }) {
  const { me } = useMe();
  const title = useRoomTitle(room);
  const others = othersIn(room, me.id);
  const person = usePerson(onlyOtherIn(room, me.id));
  const sentence =
    others.length === 0
      ? "A place for lists, links and things to finish later. It's on all your devices."
      : person?.deactivatedAt
        ? `${person.name} is deactivated and won't read what you write.`
        : `This is the start of your conversation${others.length > 1 ? "" : ` with ${title}`}. Only the people in it can see it.`;
  return (
    <div className="px-5 pt-6 pb-2 max-md:px-4">
      <DirectIcon room={room} size={48} className="mb-3" />
      <h2 className="text-lg wrap-anywhere">
        <bdi>{title}</bdi>
      </h2>
      <p className="mt-0.5 max-w-160 text-ui text-ink-soft wrap-anywhere">{sentence}</p>
    </div>
  );
}
