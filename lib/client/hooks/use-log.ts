"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Message } from "@/lib/contract/message";
import type { CallError } from "../call-error";
import { type LogItem, logItems } from "../log-items";
import { type LogWindow, messagesIn, type Range, rangeAt } from "../ranges";
import { useNewAfter } from "./use-new-after";
import { useDayOf } from "./use-now";
import { useParley } from "./use-parley";

export type { LogItem } from "../log-items";

/** What a screen needs to show a part of a log. Each `load` and `jump` rejects with a `CallError`. */
export interface LogPart {
  items: LogItem[];
  /** Whether the log goes on before, and after, the items. */
  hasBefore: boolean;
  hasAfter: boolean;
  loadingBefore: boolean;
  loadBefore(): unknown;
  loadAfter(): unknown;
  /** Shows the end of the log. */
  jumpToEnd(): Promise<void>;
  /** Shows the part around a message. Resolves to false if there is no such message. */
  jumpTo(messageId: string): Promise<boolean>;
  /** Call with the place that is looked at. With `keepWhole`, nothing is cut off the items. */
  lookAt(seq: number, keepWhole: boolean): void;
}

export interface Log extends LogPart {
  status: "loading" | "ready" | "error";
  error: CallError | null;
  /** Loads again after an error. */
  retry(): void;
}

const end = Number.POSITIVE_INFINITY;

/** A part of a room's log: at first around the place `startPlace`, or the end. Its messages are loaded while this component is mounted. */
export function useLog(roomId: string, at: number | null): Log {
  const { stores, log } = useParley();
  const [firstPlace] = useState(at ?? end);
  useEffect(() => log.open(roomId, firstPlace), [log, roomId, firstPlace]);
  const newAfter = useNewAfter(roomId);
  const state = useStore(stores.rooms, ({ rooms }) => rooms.get(roomId));
  const meId = useStore(stores.rooms, ({ me }) => me.id);
  const { entries, edits } = useStore(stores.outbox);
  const { ranges, window } = state ?? {};
  const [lastPart, setLastPart] = useState<ShownPart | null>(null);
  // At first, the window may still be at another place, where it was when the room was left.
  const isShown = window && (lastPart !== null || (window.from <= firstPlace && firstPlace <= window.to));
  const loadedPart = useMemo(() => (isShown ? partInWindow(ranges ?? [], window) : null), [ranges, window, isShown]);
  // While a log is loaded again, because too much of it was missed, what was shown stays on the screen.
  if (loadedPart && loadedPart !== lastPart) setLastPart(loadedPart);
  const shown = loadedPart ?? lastPart;
  const dayOf = useDayOf();
  const items = useMemo(() => {
    const { messages = [], hasBefore = false, hasAfter = false } = shown ?? {};
    // Unsent messages come after the room's last one.
    const unsentHere = hasAfter ? [] : entries.filter((entry) => entry.roomId === roomId);
    return logItems({ messages, entries: unsentHere, edits, hasBefore, meId, newAfter, dayOf });
  }, [shown, entries, edits, meId, newAfter, dayOf, roomId]);

  const jumpToEnd = useCallback(() => log.jump(roomId), [log, roomId]);
  const hasAfter = shown?.hasAfter ?? false;
  useJumpToEndOnSend(entries.filter((entry) => entry.roomId === roomId).length, hasAfter, jumpToEnd);
  return {
    status: shown ? "ready" : state?.loaded === "error" ? "error" : "loading",
    error: state?.loaded === "error" ? log.errorOf(roomId) : null,
    items,
    hasBefore: shown?.hasBefore ?? false,
    hasAfter,
    loadingBefore: state?.awaitedPages.some(({ query: place }) => "before" in place) ?? false,
    loadBefore: useCallback(() => log.loadBefore(roomId), [log, roomId]),
    loadAfter: useCallback(() => log.loadAfter(roomId), [log, roomId]),
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
  };
}

interface ShownPart {
  messages: readonly Message[];
  hasBefore: boolean;
  hasAfter: boolean;
}

function partInWindow(ranges: readonly Range[], window: LogWindow): ShownPart | null {
  const range = rangeAt(ranges, window.from);
  if (!range) return null;
  return { messages: messagesIn(range, window), hasBefore: window.from > 0, hasAfter: window.to < end };
}

/** Shows the log's end when one writes a message while another part is shown. */
function useJumpToEndOnSend(unsent: number, hasAfter: boolean, jumpToEnd: () => Promise<void>): void {
  const previousUnsent = useRef(unsent);
  useEffect(() => {
    if (unsent > previousUnsent.current && hasAfter) jumpToEnd().catch(() => {});
    previousUnsent.current = unsent;
  }, [unsent, hasAfter, jumpToEnd]);
}
