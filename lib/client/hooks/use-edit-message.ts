"use client";
import type { Parley } from "../parley";
import { useParley } from "./use-parley";

/** Shows the new text at once, and the old one again when it is refused. Rejects with a `CallError`. */
export function useEditMessage(): Parley["messages"]["edit"] {
  return useParley().messages.edit;
}
