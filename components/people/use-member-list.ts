"use client";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useList } from "@/lib/client/hooks/use-query";

/** Finds members of a room by name or handle, page by page. Loads again when `changedSeq` changes. */
export function useMemberList(roomId: string, query: string, changedSeq: number) {
  const list = useList(
    { roomId, query: query || undefined, changedSeq },
    async (call, { changedSeq: _, ...input }, after) => {
      const { members, next } = await call("membership.list", { ...input, after });
      return { rows: members, next };
    },
    { afterTyping: query !== "" },
  );
  const text = { typed: query, answered: list.answeredInput?.query };
  return { ...list, rows: foundBefore(list.rows, text, ({ person }) => nameAndHandle(person)) };
}
