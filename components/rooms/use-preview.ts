"use client";
import { useCallback, useMemo, useState } from "react";
import { useBlockedMessages } from "@/lib/client/hooks/use-blocked";
import { useCall } from "@/lib/client/hooks/use-call";
import { useListsVersion } from "@/lib/client/hooks/use-lists-version";
import { useDayOf } from "@/lib/client/hooks/use-now";
import { useOwnClock } from "@/lib/client/hooks/use-me";
import type { LogPart } from "@/lib/client/hooks/use-log";
import { type Query, useList, useQuery } from "@/lib/client/hooks/use-query";
import { useTick } from "@/lib/client/hooks/use-tick";
import { logItems } from "@/lib/client/log-items";
import { limits } from "@/lib/contract/limits";
import type { Input } from "@/lib/contract/index";
import type { Message, MessagePage } from "@/lib/contract/message";
import type { ThreadSummary } from "@/lib/contract/thread-summary";

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

/** A message of a page, and the thread that it began. */
interface Row {
  message: Message;
  summary: ThreadSummary | undefined;
}

/**
 * A number that changes when a preview is to be loaded again. Only members receive a room's events, so it changes every five seconds. It
 * also does when the lists of rooms change, because this room or its earlier messages may be hidden now.
 */
function useVersion(): number {
  // My own clock changes when I am banned from the room.
  return useListsVersion() + useOwnClock() + useTick(refreshEveryMs);
}

/** The log of a room that I am not in, or of one of its threads. */
function usePreviewLog(roomId: string, threadId: string | null, meId: string, version: number) {
  const [part, setPart] = useState(newestPart);
  const call = useCall();
  const list = useCallback(
    (query: Omit<Input<"message.list">, "roomId" | "threadId">) =>
      call("message.list", { roomId, ...(threadId && { threadId }), ...query }),
    [call, roomId, threadId],
  );
  // Newest first, because pages go back in time.
  const log = useList(
    { roomId, threadId, ...part },
    async (_, { from, before: end }, cursor) => {
      const pageBefore = async (before: number | null, limit: number) => {
        const { messages, threads = [], before: hasOlder } = await list({ limit, ...(before !== null && { before }) });
        const summaries = new Map(threads.map((summary) => [summary.threadId, summary]));
        const rows = messages.map((message): Row => ({ message, summary: summaries.get(message.id) }));
        return { rows, hasOlder };
      };
      let page = await pageBefore(cursor ? Number(cursor) : end, limits.pageDefault);
      let rows = page.rows;
      // The first request loads all of the part.
      if (!cursor && from !== null) {
        while (page.hasOlder && (rows[0]?.message.seq ?? 0) > from) {
          page = await pageBefore(rows[0]?.message.seq ?? null, limits.page);
          rows = [...page.rows, ...rows];
        }
        rows = rows.filter(({ message }) => message.seq >= from);
      }
      const hasOlder = page.hasOlder || rows[0] !== page.rows[0];
      return { rows: rows.toReversed(), next: hasOlder ? (rows[0]?.message.seq.toString() ?? null) : null };
    },
    { version },
  );

  const jumpTo = useCallback(
    async (messageId: string) => {
      const { messages } = await call("message.lookUp", { messageIds: [messageId] });
      const found = messages.find((message) => message.roomId === roomId);
      if (!found || (threadId && found.threadId !== threadId)) return false;
      const page = await list({ around: found.seq });
      setPart(partWith(page.messages[0]?.seq ?? found.seq, page));
      return true;
    },
    [call, list, roomId, threadId],
  );
  const { rows, hasMore, isLoadingMore, loadMore, isStale } = log;
  const loadNewer = useCallback(async () => {
    // What is shown still ends elsewhere.
    if (isStale || part.before === null) return;
    const page = await list({ after: rows[0]?.message.seq ?? 0, limit: newerAtOnce });
    // What is shown stays.
    setPart((current) => (current === part ? partWith(rows.at(-1)?.message.seq ?? 0, page) : current));
  }, [list, rows, part, isStale]);

  const dayOf = useDayOf();
  const { blocked, shownIds, showBlocked } = useBlockedMessages();
  const items = useMemo(
    () =>
      logItems({
        messages: rows.toReversed().map(({ message }) => message),
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
  const threads = useMemo(
    () => new Map(rows.flatMap(({ message, summary }) => (summary ? [[message.id, summary] as const] : []))),
    [rows],
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
  return { query: log, log: logPart, threads };
}

type Loaded = Pick<Query<object, unknown>, "status" | "error" | "reload">;

/** What two requests have come to. The error of a list that has rows is that of a page which did not load. */
function outcomeOf(about: Loaded, log: Loaded) {
  const error = about.error ?? (log.status === "error" ? log.error : null);
  const code = error?.code;
  const isMissing = code === "not_found" || code === "invalid_input" || code === "forbidden";
  const isReady = about.status === "ready" && log.status === "ready";
  return {
    status: isReady
      ? ("ready" as const)
      : isMissing
        ? ("missing" as const)
        : code
          ? ("error" as const)
          : ("loading" as const),
    error,
    retry() {
      about.reload();
      log.reload();
    },
  };
}

/** A room that I am not in, its messages, and the threads that they began. */
export function usePreview(roomId: string, meId: string) {
  const version = useVersion();
  const room = useQuery({ roomId }, async (call, input) => (await call("room.show", input)).room, { version });
  const { query, log, threads } = usePreviewLog(roomId, null, meId, version);
  return { ...outcomeOf(room, query), room: room.data ?? null, log, threads };
}

/** A thread of a room that I am not in: its replies, its first message and its summary. */
export function useThreadPreview(roomId: string, threadId: string, meId: string) {
  const version = useVersion();
  const about = useQuery(
    { roomId, threadId, limit: 1 },
    async (call, input) => {
      const { first = null, threads = [] } = await call("message.list", input);
      return { first, summary: threads[0] ?? null };
    },
    { version },
  );
  const { query, log } = usePreviewLog(roomId, threadId, meId, version);
  return { ...outcomeOf(about, query), first: null, summary: null, ...about.data, log };
}
