"use client";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useMe } from "@/lib/client/hooks/use-me";
import { useQuery } from "@/lib/client/hooks/use-query";

/** Finds the people with whom a conversation can be started. Choosing me means my notes to self. */
export function useConversationPeople(query: string, { isMeOffered }: { isMeOffered: boolean }) {
  const { me } = useMe();
  const found = useQuery({ query: query || undefined, limit: 50 }, (call, input) => call("person.list", input), {
    afterTyping: query !== "",
  });
  const matching = foundBefore(
    found.data?.people ?? [],
    { typed: query, answered: found.answeredInput?.query },
    nameAndHandle,
  );
  return {
    found,
    offered: matching.filter((person) => !person.deactivatedAt && (person.id !== me.id || isMeOffered)),
    isSearching: found.status === "loading" || (matching.length === 0 && found.isStale && !found.error),
  };
}
