"use client";
import { foundBefore } from "@/lib/client/found-before";
import { useListsVersion } from "@/lib/client/hooks/use-lists-version";
import type { BrowseSort } from "@/lib/contract/room";
import { useList } from "@/lib/client/hooks/use-query";

/** The rooms that match a query, loaded page by page. */
export function useBrowse(query: string, sort: BrowseSort) {
  const list = useList(
    { query: query || undefined, sort },
    async (call, input, after) => {
      const { rooms, next } = await call("room.list", { ...input, after });
      return { rows: rooms, next };
    },
    { afterTyping: query !== "", version: useListsVersion() },
  );
  const text = { typed: query, answered: list.answeredInput?.query };
  return { ...list, rows: foundBefore(list.rows, text, ({ room }) => [room.name ?? ""]) };
}
