"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Message } from "@/lib/contract/message";
import type { CallError } from "../call-error";
import { type LogItem, logItems } from "../log-items";
import type { Parley } from "../parley";
import { type LogWindow, messagesIn, type Range, rangeAt } from "../ranges";
import type { RoomState } from "../room-state";
import type { OutboxEntry } from "../stores/outbox";
import { useBlockedMessages } from "./use-blocked";
import { useNewAfter } from "./use-new-after";
import { useDayOf } from "./use-now";
import { useParley } from "./use-parley";

export type { LogItem } from "../log-items";

/** The shown part of a room's log. The `load` and `jump` functions reject with a `CallError`. */
export interface LogPart {
  items: LogItem[];
  /** Whether the log has messages before the items (`hasOlder`) or after them (`hasNewer`). */
  hasOlder: boolean;
  hasNewer: boolean;
  isLoadingOlder: boolean;
  loadOlder(): unknown;
  loadNewer(): unknown;
  /** Shows the end of the log. */
  jumpToEnd(): Promise<void>;
  /** Shows the part around a message. Resolves to false if the message does not exist. */
  jumpTo(messageId: string): Promise<boolean>;
  /** Call with the `seq` of a visible message. With `keepWhole`, no items are removed at the ends. */
  lookAt(seq: number, keepWhole: boolean): void;
  /** Shows a message that is collapsed because I block its author. */
  showBlocked(messageId: string): void;
}

export interface Log extends LogPart {
  status: "loading" | "ready" | "error";
  error: CallError | null;
  /** Loads again after an error. */
  retry(): void;
}

const end = Number.POSITIVE_INFINITY;

/**
 * A part of a room's log. It begins around `startPlace`, the `seq` of a message, or at the end of the log if that is null. The
 * messages are loaded while the component is mounted.
 */
export function useLog(roomId: string, startPlace: number | null): Log {
  const { stores, log } = useParley();
  const [firstPlace] = useState(startPlace ?? end);
  useEffect(() => log.open(roomId, firstPlace), [log, roomId, firstPlace]);
  const newAfter = useNewAfter(roomId);
  const state = useStore(stores.rooms, ({ rooms }) => rooms.get(roomId));
  const { entries } = useStore(stores.outbox);
  const unsent = useMemo(
    () => entries.filter((entry) => entry.roomId === roomId && (!entry.reply || entry.reply.alsoInRoom)),
    [entries, roomId],
  );
  return useLogPart(roomId, { log, state, unsent, newAfter, firstPlace });
}

interface Source {
  log: Omit<Parley["log"], "open">;
  state: Pick<RoomState, "ranges" | "window" | "loadState" | "pendingPages"> | undefined;
  /** My messages that the server has not confirmed. */
  unsent: readonly OutboxEntry[];
  newAfter: number | null;
  /** The place at which the log begins. */
  firstPlace: number;
}

/** The shown part of a log, of a room or a thread. `roomId` is its id. */
export function useLogPart(roomId: string, { log, state, unsent, newAfter, firstPlace }: Source): Log {
  const { stores } = useParley();
  const meId = useStore(stores.rooms, ({ me }) => me.id);
  const { edits } = useStore(stores.outbox);
  const { ranges, window } = state ?? {};
  const [lastPart, setLastPart] = useState<ShownPart | null>(null);
  // At first, the window can still be at another place, where the person left the room.
  const isShown = window && (lastPart !== null || (window.from <= firstPlace && firstPlace <= window.to));
  const loadedPart = useMemo(() => (isShown ? partInWindow(ranges ?? [], window) : null), [ranges, window, isShown]);
  // While the log is loaded again, after too many missed changes, the last part stays on the screen.
  if (loadedPart && loadedPart !== lastPart) setLastPart(loadedPart);
  const shown = loadedPart ?? lastPart;
  const dayOf = useDayOf();
  const { blocked, shownIds, showBlocked } = useBlockedMessages();
  const items = useMemo(() => {
    const { messages = [], hasOlder = false, hasNewer = false } = shown ?? {};
    // Unsent messages come after the room's last message.
    return logItems({
      messages,
      entries: hasNewer ? [] : unsent,
      edits,
      hasOlder,
      meId,
      blocked,
      shownIds,
      newAfter,
      dayOf,
    });
  }, [shown, unsent, edits, meId, blocked, shownIds, newAfter, dayOf]);

  const jumpToEnd = useCallback(() => log.jump(roomId), [log, roomId]);
  const hasNewer = shown?.hasNewer ?? false;
  useJumpToEndOnSend(unsent.length, hasNewer, jumpToEnd);
  return {
    status: shown ? "ready" : state?.loadState === "failed" ? "error" : "loading",
    error: state?.loadState === "failed" ? log.errorOf(roomId) : null,
    items,
    hasOlder: shown?.hasOlder ?? false,
    hasNewer,
    isLoadingOlder: state?.pendingPages.some(({ query: place }) => "before" in place) ?? false,
    loadOlder: useCallback(() => log.loadOlder(roomId), [log, roomId]),
    loadNewer: useCallback(() => log.loadNewer(roomId), [log, roomId]),
    jumpToEnd,
    jumpTo: useCallback(
      async (messageId: string) => {
        const place = await log.find(roomId, messageId);
        if (place !== null) await log.jump(roomId, place);
        return place !== null;
      },
      [log, roomId],
    ),
    lookAt: useCallback((seq: number, keepWhole: boolean) => log.lookAt(roomId, seq, keepWhole), [log, roomId]),
    retry: useCallback(() => log.retry(roomId), [log, roomId]),
    showBlocked,
  };
}

interface ShownPart {
  messages: readonly Message[];
  hasOlder: boolean;
  hasNewer: boolean;
}

function partInWindow(ranges: readonly Range[], window: LogWindow): ShownPart | null {
  const range = rangeAt(ranges, window.from);
  if (!range) return null;
  return { messages: messagesIn(range, window), hasOlder: window.from > 0, hasNewer: window.to < end };
}

/** Shows the log's end when I write a message while another part is shown. */
function useJumpToEndOnSend(unsent: number, hasNewer: boolean, jumpToEnd: () => Promise<void>): void {
  const previousUnsent = useRef(unsent);
  useEffect(() => {
    if (unsent > previousUnsent.current && hasNewer) jumpToEnd().catch(() => {});
    previousUnsent.current = unsent;
  }, [unsent, hasNewer, jumpToEnd]);
}
