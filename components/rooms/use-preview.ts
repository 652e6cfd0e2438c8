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
import type { MessagePage } from "@/lib/contract/message";

const refreshEveryMs = 5000;
/** How many newer messages are shown at a time. Fewer than a page, so that what is on the screen stays. */
const newerAtOnce = 30;

/** Where the log ends so that it ends with this page; null: at its newest message. */
const endOf = ({ messages, after }: MessagePage): number | null => (after ? (messages.at(-1)?.seq ?? 0) + 1 : null);

/**
 * A room that I am not in, and its messages. Only members receive a room's events, so both reload every five seconds. They also
 * reload at once when the lists of rooms change, because this room or its earlier messages may be hidden now.
 */
export function usePreview(roomId: string, meId: string) {
  // My own clock changes when I am banned from the room.
  const version = useListsVersion() + useOwnClock() + useTick(refreshEveryMs);
  const room = useQuery({ roomId }, async (call, input) => (await call("room.show", input)).room, { version });
  // The messages before this place (`seq`) are shown; null: up to the newest.
  const [end, setEnd] = useState<number | null>(null);
  // Newest first, because pages go back in time.
  const log = useList(
    { roomId, end },
    async (call, { end: before, ...input }, cursor) => {
      const place = cursor ? Number(cursor) : before;
      const page = await call("message.list", { ...input, ...(place !== null && { before: place }) });
      const { messages, before: hasOlder } = page;
      const oldestSeq = hasOlder ? messages[0]?.seq : undefined;
      return { rows: messages.toReversed(), next: oldestSeq?.toString() ?? null };
    },
    { version },
  );

  const call = useCall();
  const jumpTo = useCallback(
    async (messageId: string) => {
      const { messages } = await call("message.lookUp", { messageIds: [messageId] });
      const found = messages.find((message) => message.roomId === roomId);
      if (found) setEnd(endOf(await call("message.list", { roomId, around: found.seq, limit: 2 * newerAtOnce })));
      return found !== undefined;
    },
    [call, roomId],
  );
  const { rows, hasMore, isLoadingMore, loadMore, isStale } = log;
  const loadNewer = useCallback(async () => {
    // What is shown still ends elsewhere.
    if (isStale || end === null) return;
    const page = await call("message.list", { roomId, after: rows[0]?.seq ?? 0, limit: newerAtOnce });
    setEnd((current) => (current === end ? endOf(page) : current));
  }, [call, roomId, rows, end, isStale]);

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
      hasNewer: end !== null,
      isLoadingOlder: isLoadingMore,
      loadOlder: loadMore,
      loadNewer,
      jumpToEnd: async () => setEnd(null),
      jumpTo,
      lookAt() {},
      showBlocked,
    }),
    [items, hasMore, isLoadingMore, loadMore, showBlocked, end, loadNewer, jumpTo],
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
