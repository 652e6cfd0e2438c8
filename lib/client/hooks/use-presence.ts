"use client";
import { useStore } from "zustand";
import type { PresenceState } from "@/lib/contract/presence";
import { useParley } from "./use-parley";

export function usePresence(personId: string): PresenceState | "offline" {
  const { stores } = useParley();
  return useStore(stores.presence, ({ states }) => states[personId] ?? "offline");
}
