"use client";
import { useCallback, useMemo, useState } from "react";
import { useBlockedMessages } from "@/lib/client/hooks/use-blocked";
import { useCall } from "@/lib/client/hooks/use-call";
import { useListsVersion } from "@/lib/client/hooks/use-lists-version";
import { useDayOf } from "@/lib/client/hooks/use-now";
import { useOwnClock } from "@/lib/client/hooks/use-me";
import type { LogPart } from "@/lib/client/hooks/use-log";
import { useList, useQuery } from "@/lib/client/hooks/use-query";
import { useTick } from "@/lib/client/hooks/use-tick";
import { logItems } from "@/lib/client/log-items";
import { limits } from "@/lib/contract/limits";
import type { MessagePage } from "@/lib/contract/message";

const refreshEveryMs = 5000;
/** How many newer messages are loaded at a time. */
const newerAtOnce = 50;

/** A part of the log, as places (`seq`). Without `from`, its newest page; without `before`, it goes up to the newest message. */
interface Part {
  from: number | null;
  before: number | null;
}
const newestPart: Part = { from: null, before: null };
/** The part that ends with this page. */
const partWith = (from: number, { messages, after }: MessagePage): Part => ({
  from,
  before: after ? (messages.at(-1)?.seq ?? from) + 1 : null,
});

/**
 * A room that I am not in, and its messages. Only members receive a room's events, so both reload every five seconds. They also
 * reload at once when the lists of rooms change, because this room or its earlier messages may be hidden now.
 */
export function usePreview(roomId: string, meId: string) {
  // My own clock changes when I am banned from the room.
  const version = useListsVersion() + useOwnClock() + useTick(refreshEveryMs);
  const room = useQuery({ roomId }, async (call, input) => (await call("room.show", input)).room, { version });
  const [part, setPart] = useState(newestPart);
  // Newest first, because pages go back in time.
  const log = useList(
    { roomId, ...part },
    async (call, { from, before: end }, cursor) => {
      const pageBefore = (before: number | null, limit: number) =>
        call("message.list", { roomId, limit, ...(before !== null && { before }) });
      let page = await pageBefore(cursor ? Number(cursor) : end, limits.pageDefault);
      let messages = page.messages;
      // The first request loads all of the part.
      if (!cursor && from !== null) {
        while (page.before && (messages[0]?.seq ?? 0) > from) {
          page = await pageBefore(messages[0]?.seq ?? null, limits.page);
          messages = [...page.messages, ...messages];
        }
        messages = messages.filter(({ seq }) => seq >= from);
      }
      const hasOlder = page.before || messages[0]?.id !== page.messages[0]?.id;
      return { rows: messages.toReversed(), next: hasOlder ? (messages[0]?.seq.toString() ?? null) : null };
    },
    { version },
  );

  const call = useCall();
  const jumpTo = useCallback(
    async (messageId: string) => {
      const { messages } = await call("message.lookUp", { messageIds: [messageId] });
      const found = messages.find((message) => message.roomId === roomId);
      if (!found) return false;
      const page = await call("message.list", { roomId, around: found.seq });
      setPart(partWith(page.messages[0]?.seq ?? found.seq, page));
      return true;
    },
    [call, roomId],
  );
  const { rows, hasMore, isLoadingMore, loadMore, isStale } = log;
  const loadNewer = useCallback(async () => {
    // What is shown still ends elsewhere.
    if (isStale || part.before === null) return;
    const page = await call("message.list", { roomId, after: rows[0]?.seq ?? 0, limit: newerAtOnce });
    // What is shown stays.
    setPart((current) => (current === part ? partWith(rows.at(-1)?.seq ?? 0, page) : current));
  }, [call, roomId, rows, part, isStale]);

  const dayOf = useDayOf();
  const { blocked, shownIds, showBlocked } = useBlockedMessages();
  const items = useMemo(
    () =>
      logItems({
        messages: rows.toReversed(),
        entries: [],
        edits: new Map(),
        hasOlder: hasMore,
        meId,
        blocked,
        shownIds,
        newAfter: null,
        dayOf,
      }),
    [rows, hasMore, meId, blocked, shownIds, dayOf],
  );

  const logPart = useMemo(
    (): LogPart => ({
      items,
      hasOlder: hasMore,
      hasNewer: part.before !== null,
      isLoadingOlder: isLoadingMore,
      loadOlder: loadMore,
      loadNewer,
      jumpToEnd: async () => setPart(newestPart),
      jumpTo,
      lookAt() {},
      showBlocked,
    }),
    [items, hasMore, isLoadingMore, loadMore, showBlocked, part, loadNewer, jumpTo],
  );

  const code = room.error?.code ?? (log.status === "error" ? log.error?.code : undefined);
  const isMissing = code === "not_found" || code === "invalid_input" || code === "forbidden";
  const isReady = room.status === "ready" && log.status === "ready";
  return {
    status: isReady
      ? ("ready" as const)
      : isMissing
        ? ("missing" as const)
        : code
          ? ("error" as const)
          : ("loading" as const),
    room: room.data ?? null,
    log: logPart,
    retry() {
      room.reload();
      log.reload();
    },
  };
}
