"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Parley } from "../parley";
import type { OutboxEntry } from "../stores/outbox";
import { useParley } from "./use-parley";

/** The messages I wrote in this room that the server has not confirmed, in the order of writing. */
export function useOutboxEntries(roomId: string): readonly OutboxEntry[] {
  const { stores } = useParley();
  const entries = useStore(stores.outbox, (state) => state.entries);
  return useMemo(() => entries.filter((entry) => entry.roomId === roomId), [entries, roomId]);
}

/** Sends messages, and sends again or withdraws those that have not been sent. */
export function useOutbox(): Parley["outbox"] {
  return useParley().outbox;
}
