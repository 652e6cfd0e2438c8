"use client";
import { useListsVersion } from "@/lib/client/hooks/use-lists-version";
import type { BrowseSort } from "@/lib/contract/room";
import { useList } from "@/lib/client/hooks/use-query";

/** The rooms that match a query, loaded page by page. */
export function useBrowse(query: string, sort: BrowseSort) {
  return useList(
    { query: query || undefined, sort },
    async (call, input, after) => {
      const { rooms, next } = await call("room.list", { ...input, after });
      return { rows: rooms, next };
    },
    { afterTyping: query !== "", version: useListsVersion() },
  );
}
