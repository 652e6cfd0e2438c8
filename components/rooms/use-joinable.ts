"use client";
import { useEffect, useState } from "react";
import { useRoomActions } from "@/lib/client/hooks/use-room-actions";
import type { Room } from "@/lib/contract/room";

const restMs = 120;

/** Rooms that I am not in and may join, as a query finds them; what was found last stays until the answer is there. */
export function useJoinable(query: string): readonly Room[] {
  const { browse } = useRoomActions();
  const [rooms, setRooms] = useState<readonly Room[]>([]);
  useEffect(() => {
    if (!query) return;
    let wanted = true;
    const look = () =>
      browse(query).then(
        (page) => wanted && setRooms(page.rooms.filter(({ joined }) => !joined).map(({ room }) => room)),
        // Without the server there is nothing to join: my own rooms are found all the same.
        () => wanted && setRooms([]),
      );
    const timer = setTimeout(() => void look(), restMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [browse, query]);
  return rooms;
}
