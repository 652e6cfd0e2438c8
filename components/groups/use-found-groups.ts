"use client";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useQuery } from "@/lib/client/hooks/use-query";

interface Wanted {
  /** The typed text. If it is empty, the first groups by name are found. */
  text: string;
  limit: number;
  /** Whether to find only groups that the viewer is in. */
  isMine?: boolean;
  /** No request is sent while this is false. */
  isShown?: boolean;
}

/** Searches the organization's groups on the server, which has all of them. Used by every field that chooses a group. */
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
    /** Undefined before the first answer. */
    groups: data && foundBefore(data.groups, { typed: query, answered: answeredInput?.query }, nameAndHandle),
    hasMore: typeof data?.next === "string",
    /** Whether `groups` is the result of a search. */
    isFound: Boolean(answeredInput?.query),
    error,
    /** Whether `groups` is the result for an earlier text, reduced to those that match the current text. */
    isStale,
  };
}
