"use client";
import { useParley } from "./use-parley";

/** Rejects with a `CallError`. */
export function useDeleteMessage(): (messageId: string) => Promise<void> {
  return useParley().messages.delete;
}
