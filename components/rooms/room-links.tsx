"use client";
import { type KeyboardEvent, useState } from "react";
import { isKey } from "@/components/ui/keys";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { RoomLink } from "./room-link";

type RoomLinksProps = { label: string; rooms: readonly RoomListItem[]; currentId: string | null };

/** The list of rooms. It is one tab stop: the arrow keys, Home and End move within it. */
export function RoomLinks({ label, rooms, currentId }: RoomLinksProps) {
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const isListed = (id: string | null) => rooms.some(({ roomId }) => roomId === id);
  const tabStopId = [focusedId, currentId].find(isListed) ?? rooms[0]?.roomId;

  function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
    const links = [...event.currentTarget.querySelectorAll("a")];
    const currentIndex = links.indexOf(event.target as HTMLAnchorElement);
    const next = isKey(event, "down")
      ? currentIndex + 1
      : isKey(event, "up")
        ? currentIndex - 1
        : isKey(event, "home")
          ? 0
          : isKey(event, "end")
            ? links.length - 1
            : null;
    if (currentIndex < 0 || next === null) return;
    event.preventDefault();
    links[next]?.focus();
  }

  return (
    <ul
      aria-label={label}
      onKeyDown={moveFocus}
      onFocus={(event) => setFocusedId(event.target.closest<HTMLElement>("[data-room]")?.dataset.room ?? null)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setFocusedId(null)}
    >
      {rooms.map((item) => (
        <RoomLink
          key={item.roomId}
          item={item}
          current={item.roomId === currentId}
          isTabStop={item.roomId === tabStopId}
        />
      ))}
    </ul>
  );
}
