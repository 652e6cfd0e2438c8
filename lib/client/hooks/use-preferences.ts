"use client";
import { useStore } from "zustand";
import type { Preferences } from "@/lib/contract/preferences";
import { useParley } from "./use-parley";

/** What I prefer on all my devices. */
export function usePreferences(): Preferences {
  return useStore(useParley().stores.rooms, ({ preferences }) => preferences);
}
