"use client";
import { useList } from "@/lib/client/hooks/use-query";

/** Finds members of a room by name or handle, page by page. Loads again when `changedSeq` changes. */
export function useMemberList(roomId: string, query: string, changedSeq: number) {
  return useList(
    { roomId, query: query || undefined, changedSeq },
    async (call, { changedSeq: _, ...input }, after) => {
      const { members, next } = await call("membership.list", { ...input, after });
      return { rows: members, next };
    },
    { afterTyping: query !== "" },
  );
}
