"use client";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Room } from "@/lib/contract/room";

const none: readonly Room[] = [];

/** Rooms that I am not in and may join, as a query finds them. Without the server there are none. */
export function useJoinable(query: string): readonly Room[] {
  const { data } = useQuery(
    query ? { query } : null,
    async (call, input) => {
      const { rooms } = await call("room.list", input);
      return rooms.filter(({ joined }) => !joined).map(({ room }) => room);
    },
    { afterTyping: true },
  );
  return data ?? none;
}
