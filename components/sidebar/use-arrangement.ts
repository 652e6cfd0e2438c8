"use client";
import { useMemo, useState } from "react";
import { useRoomTitles } from "@/components/rooms/use-room-title";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { type Arrangement, arrange, asksToBeRead } from "@/lib/client/sidebar";
import { useMovedRooms, useSections } from "./use-sections";

/** My rooms as the sidebar shows them. `currentId` is the room on the screen. */
export function useArrangement(currentId: string | null, isUnreadOnly: boolean): Arrangement {
  const rooms = useMovedRooms(useRoomList());
  const sections = useSections();
  const titleOf = useRoomTitles(rooms.filter(({ room }) => room.kind === "direct").map(({ room }) => room));
  const wasUnread = useWasUnread(rooms, currentId);
  return useMemo(
    () => arrange({ rooms, sections, titleOf, current: { roomId: currentId, wasUnread }, isUnreadOnly }),
    [rooms, sections, titleOf, currentId, wasUnread, isUnreadOnly],
  );
}

/** Whether the room on the screen was unread when it was opened. */
function useWasUnread(rooms: ReturnType<typeof useMovedRooms>, currentId: string | null): boolean {
  const isUnread = () => rooms.some((item) => item.roomId === currentId && asksToBeRead(item));
  const [opened, setOpened] = useState(() => ({ roomId: currentId, wasUnread: isUnread() }));
  if (opened.roomId === currentId) return opened.wasUnread;
  const next = { roomId: currentId, wasUnread: isUnread() };
  setOpened(next);
  return next.wasUnread;
}
