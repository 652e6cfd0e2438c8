"use client";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Person } from "@/lib/contract/person";

/** Finds the people with whom a conversation can be started. Choosing me means my notes to self. */
export function useConversationPeople(query: string, { isMeOffered }: { isMeOffered: boolean }) {
  const { me } = useMe();
  const call = useCall();
  const find = (text: string | undefined) => ({ query: text, for: "direct" as const, limit: 50 });
  const found = useQuery(find(query || undefined), (send, input) => send("person.list", input), {
    afterTyping: query !== "",
  });
  const matching = foundBefore(
    found.data?.people ?? [],
    { typed: query, answered: found.answeredInput?.query },
    nameAndHandle,
  );
  const isOffered = ({ id }: Person) => id !== me.id || isMeOffered;
  return {
    found,
    offered: matching.filter(isOffered),
    isSearching: found.status === "loading" || (matching.length === 0 && found.isStale && !found.error),
    /** Finds people for a text that is no longer in the field. */
    findNow: async (text: string) => (await call("person.list", find(text))).people.filter(isOffered),
  };
}
