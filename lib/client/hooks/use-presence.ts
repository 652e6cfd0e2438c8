"use client";
import { useStore } from "zustand";
import type { PresenceState } from "@/lib/contract/presence";
import { isOffline } from "../stores/connection";
import { useParley } from "./use-parley";

/**
 * A person's presence; undefined while it is unknown. Without a connection, I am offline and everybody else is unknown.
 * Components must read presence only through this hook.
 */
export function usePresence(personId: string): PresenceState | "offline" | undefined {
  const { stores } = useParley();
  const offline = useStore(stores.connection, isOffline);
  const isMe = useStore(stores.rooms, ({ me }) => me.id === personId);
  const received = useStore(stores.presence, ({ states }) => states && (states[personId] ?? "offline"));
  if (offline) return isMe ? "offline" : undefined;
  return received ?? undefined;
}
