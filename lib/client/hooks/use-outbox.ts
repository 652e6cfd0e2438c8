"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Parley } from "../parley";
import { isRoomUnknown, type OutboxEntry } from "../stores/outbox";
import { useParley } from "./use-parley";

/** My messages in this room that the server has not confirmed, oldest first. */
export function useOutboxEntries(roomId: string): readonly OutboxEntry[] {
  const { stores } = useParley();
  const entries = useStore(stores.outbox, (state) => state.entries);
  return useMemo(() => entries.filter((entry) => entry.roomId === roomId), [entries, roomId]);
}

/** My messages to people whose conversation is not known yet, oldest first. */
export function useUnopenedEntries() {
  const { stores } = useParley();
  const entries = useStore(stores.outbox, (state) => state.entries);
  return useMemo(
    () => entries.flatMap((entry) => (isRoomUnknown(entry) ? [{ ...entry, personIds: entry.personIds ?? [] }] : [])),
    [entries],
  );
}

export function useHasUnopened(): boolean {
  return useStore(useParley().stores.outbox, ({ entries }) => entries.some(isRoomUnknown));
}

/** Functions to send messages, and to retry or remove unsent ones. */
export function useOutbox(): Parley["outbox"] {
  return useParley().outbox;
}
