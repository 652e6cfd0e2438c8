"use client";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useQuery } from "@/lib/client/hooks/use-query";

/** Finds people who are not in a room, by name or handle. Sends requests only while `isOpen` is true. */
export function useAddablePeople(roomId: string, query: string, isOpen: boolean) {
  const found = useQuery(
    isOpen ? { roomId, query: query || undefined } : null,
    async (call, input) => {
      const [{ people }, { members }] = await Promise.all([
        call("person.list", { query: input.query }),
        call("membership.list", input),
      ]);
      const memberIds = new Set(members.map(({ person }) => person.id));
      return people.filter((person) => !memberIds.has(person.id) && !person.deactivatedAt);
    },
    { afterTyping: query !== "" },
  );
  const text = { typed: query, answered: found.answeredInput?.query };
  return { ...found, people: foundBefore(found.data ?? [], text, nameAndHandle) };
}
