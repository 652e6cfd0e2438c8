"use client";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useQuery } from "@/lib/client/hooks/use-query";

interface Wanted {
  /** What is typed. Without it, the first groups by name. */
  text: string;
  limit: number;
  /** Only those that the viewer is in. */
  isMine?: boolean;
  /** Nothing is asked while it is false. */
  isShown?: boolean;
}

/** Searches the groups of the organization, on the server, which has all of them. Every choice of a group uses it. */
export function useFoundGroups({ text, limit, isMine = false, isShown = true }: Wanted) {
  const query = text.trim();
  const input = { query: query || undefined, limit, among: isMine ? ("mine" as const) : undefined };
  const { data, answeredInput, error, isStale } = useQuery(
    isShown ? input : null,
    (call, given) => call("group.list", given),
    {
      afterTyping: query !== "",
    },
  );
  return {
    /** Undefined until there is an answer. */
    groups: data && foundBefore(data.groups, { typed: query, answered: answeredInput?.query }, nameAndHandle),
    hasMore: typeof data?.next === "string",
    /** Whether what is shown is the answer to a search. */
    isFound: Boolean(answeredInput?.query),
    error,
    /** Whether the groups are those of an earlier text that match this one. */
    isStale,
  };
}
