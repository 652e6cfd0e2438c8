"use client";
import { useStore } from "zustand";
import { useParley } from "./use-parley";

/** Whether a request about a reaction of mine to this message is under way. */
export function useIsReacting(messageId: string): boolean {
  return useStore(useParley().stores.outbox, ({ wishes }) => wishes.has(messageId));
}
