"use client";
import { useStore } from "zustand";
import type { ConnectionState } from "../stores/connection";
import { useParley } from "./use-parley";

/** The state of the connection, and the number of messages that wait to be sent. */
export function useConnection(): ConnectionState & { retryNow(): void; waitingCount: number } {
  const { stores, retryNow } = useParley();
  const connection = useStore(stores.connection);
  const waitingCount = useStore(
    stores.outbox,
    ({ entries }) => entries.filter((entry) => entry.state === "waiting").length,
  );
  return { ...connection, retryNow, waitingCount };
}
