"use client";
import { useParley } from "./use-parley";

/** Shows the new text at once, and the old one again when it is refused. Rejects with a `CallError`. */
export function useEditMessage(): (messageId: string, body: string) => Promise<void> {
  return useParley().messages.edit;
}
