"use client";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useQuery } from "@/lib/client/hooks/use-query";

/** Finds people who are not in a room, by name or handle. Sends requests only while `isOpen` is true. */
export function useAddablePeople(roomId: string, query: string, isOpen: boolean) {
  const found = useQuery(
    isOpen ? { roomId, query: query || undefined } : null,
    async (call, input) => (await call("person.list", { query: input.query, notInRoomId: input.roomId })).people,
    { afterTyping: query !== "" },
  );
  const text = { typed: query, answered: found.answeredInput?.query };
  return { ...found, people: foundBefore(found.data ?? [], text, nameAndHandle) };
}
