"use client";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Room } from "@/lib/contract/room";

const noRooms: readonly Room[] = [];

/** The rooms that match a query and that I may join. Empty until the server has answered. */
export function useJoinable(query: string): readonly Room[] {
  const { data } = useQuery(
    query ? { query } : null,
    async (call, input) => {
      const { rooms } = await call("room.list", input);
      return rooms.filter(({ joined }) => !joined).map(({ room }) => room);
    },
    { afterTyping: true },
  );
  return data ?? noRooms;
}
