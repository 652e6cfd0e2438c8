"use client";
import { useList } from "@/lib/client/hooks/use-query";

/** Who is in a room, page by page, by name or handle. Loaded again when `changedSeq` says that the room has changed. */
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
