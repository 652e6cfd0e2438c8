"use client";
import { useStore } from "zustand";
import type { PresenceState } from "@/lib/contract/presence";
import { isOffline } from "../stores/connection";
import { useParley } from "./use-parley";

/**
 * Whether somebody is here; undefined while that is not known. Without a connection nothing is claimed of others, and I
 * myself am offline. Every sign and word of presence is drawn from this.
 */
export function usePresence(personId: string): PresenceState | "offline" | undefined {
  const { stores } = useParley();
  const offline = useStore(stores.connection, isOffline);
  const isMe = useStore(stores.rooms, ({ me }) => me.id === personId);
  const heard = useStore(stores.presence, ({ states }) => states && (states[personId] ?? "offline"));
  if (offline) return isMe ? "offline" : undefined;
  return heard ?? undefined;
}
