"use client";
import { useCallback, useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { CallError } from "../call-error";
import { type LogItem, logItems } from "../log-items";
import { useNewAfter } from "./use-new-after";
import { useDayOf } from "./use-now";
import { useParley } from "./use-parley";

export type { LogItem } from "../log-items";

export interface Log {
  status: "loading" | "ready" | "error";
  error: CallError | null;
  items: LogItem[];
  hasBefore: boolean;
  loadingBefore: boolean;
  /** Loads older messages. Rejects with a `CallError`. */
  loadBefore(): Promise<void>;
  /** Loads again after an error. */
  retry(): void;
}

/** The rows of a room's log. Its messages are loaded while this component is mounted. */
export function useLog(roomId: string): Log {
  const { stores, log } = useParley();
  useEffect(() => log.open(roomId), [log, roomId]);
  const newAfter = useNewAfter(roomId);
  const state = useStore(stores.rooms, ({ rooms }) => rooms.get(roomId));
  const meId = useStore(stores.rooms, ({ me }) => me.id);
  const { entries, edits } = useStore(stores.outbox);
  const messages = state?.messages;
  const hasBefore = state?.hasBefore ?? false;
  const dayOf = useDayOf();
  const items = useMemo(() => {
    const mine = entries.filter((entry) => entry.roomId === roomId);
    return logItems({ messages: messages ?? [], entries: mine, edits, hasBefore, meId, newAfter, dayOf });
  }, [messages, entries, edits, hasBefore, meId, newAfter, dayOf, roomId]);

  return {
    status: state?.loaded === "yes" ? "ready" : state?.loaded === "error" ? "error" : "loading",
    error: state?.loaded === "error" ? log.errorOf(roomId) : null,
    items,
    hasBefore,
    loadingBefore: state?.loaded === "yes" && state.awaiting !== null,
    loadBefore: useCallback(() => log.loadBefore(roomId), [log, roomId]),
    retry: useCallback(() => log.retry(roomId), [log, roomId]),
  };
}
