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

const refreshEveryMs = 5000;
/** How far after a sought message, or after what is shown, the log is loaded. */
const placesAfter = 30;

/**
 * A room that I am not in, and its messages. Only members receive a room's events, so both reload every five seconds. They also
 * reload at once when the lists of rooms change, because this room or its earlier messages may be hidden now.
 */
export function usePreview(roomId: string, meId: string) {
  // My own clock changes when I am banned from the room.
  const version = useListsVersion() + useOwnClock() + useTick(refreshEveryMs);
  const room = useQuery({ roomId }, async (call, input) => (await call("room.show", input)).room, { version });
  // Newest first, because pages go back in time.
  // The messages before this place (`seq`) are shown; null: up to the newest.
  const [end, setEnd] = useState<number | null>(null);
  const log = useList(
    { roomId, end },
    async (call, { end: before, ...input }, cursor) => {
      const place = cursor ? Number(cursor) : before;
      const page = await call("message.list", { ...input, ...(place !== null && { before: place }) });
      const { messages, before: hasOlder, after: hasNewer } = page;
      if (!cursor && !hasNewer) setEnd(null);
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
      if (found) setEnd(found.seq + placesAfter);
      return found !== undefined;
    },
    [call, roomId],
  );

  const dayOf = useDayOf();
  const { blocked, shownIds, showBlocked } = useBlockedMessages();
  const { rows, hasMore, isLoadingMore, loadMore, isStale } = log;
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
      loadNewer: () => isStale || setEnd((current) => current && current + placesAfter),
      jumpToEnd: async () => setEnd(null),
      jumpTo,
      lookAt() {},
      showBlocked,
    }),
    [items, hasMore, isLoadingMore, loadMore, showBlocked, end, isStale, jumpTo],
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
