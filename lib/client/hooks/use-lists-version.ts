"use client";
import { useStore } from "zustand";
import { useParley } from "./use-parley";

/** Grows when groups, or the rooms that I can find, may have changed. Pass it as `version` to queries that list them. */
export function useListsVersion(): number {
  return useStore(useParley().stores.lists, ({ version }) => version);
}
