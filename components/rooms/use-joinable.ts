"use client";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Room } from "@/lib/contract/room";

const noRooms: readonly Room[] = [];

/** The rooms that match a query and that I may join. Empty until the server has answered. */
export function useJoinable(query: string): readonly Room[] {
  const { data } = useQuery(
    query ? { query, only: "joinable" as const } : null,
    async (call, input) => (await call("room.list", input)).rooms.map(({ room }) => room),
    { afterTyping: true },
  );
  return data ?? noRooms;
}
