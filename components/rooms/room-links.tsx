"use client";
import { type KeyboardEvent, useState } from "react";
import { isKey } from "@/components/ui/keys";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { RoomLink } from "./room-link";

type RoomLinksProps = { rooms: readonly RoomListItem[]; currentId: string | null };

/** The list of rooms. It is one stop of the Tab key; arrows, Home and End move within it. */
export function RoomLinks({ rooms, currentId }: RoomLinksProps) {
  const [focused, setFocused] = useState<string | null>(null);
  const has = (id: string | null) => rooms.some(({ roomId }) => roomId === id);
  const stop = [focused, currentId].find(has) ?? rooms[0]?.roomId;

  function press(event: KeyboardEvent<HTMLUListElement>) {
    const links = [...event.currentTarget.querySelectorAll("a")];
    const here = links.indexOf(event.target as HTMLAnchorElement);
    const next = isKey(event, "down")
      ? here + 1
      : isKey(event, "up")
        ? here - 1
        : isKey(event, "home")
          ? 0
          : isKey(event, "end")
            ? links.length - 1
            : null;
    if (here < 0 || next === null) return;
    event.preventDefault();
    links[next]?.focus();
  }

  return (
    <ul
      onKeyDown={press}
      onFocus={(event) => setFocused(event.target.closest<HTMLElement>("[data-room]")?.dataset.room ?? null)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setFocused(null)}
    >
      {rooms.map((item) => (
        <RoomLink key={item.roomId} item={item} current={item.roomId === currentId} tabStop={item.roomId === stop} />
      ))}
    </ul>
  );
}
