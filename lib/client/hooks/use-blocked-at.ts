"use client";
import { useStore } from "zustand";
import { useParley } from "./use-parley";

/** Since when I block a person. Null if I do not. */
export function useBlockedAt(personId: string): string | null {
  return useStore(
    useParley().stores.rooms,
    ({ blocks }) => blocks?.people.find((each) => each.personId === personId)?.blockedAt ?? null,
  );
}
