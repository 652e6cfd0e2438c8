"use client";
import { useQuery } from "@/lib/client/hooks/use-query";

/** People of the organization who are not in a room, by name or handle, while `isOpen`. */
export function useAddablePeople(roomId: string, query: string, isOpen: boolean) {
  return useQuery(
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
}
