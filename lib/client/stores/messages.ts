import { createStore } from "zustand/vanilla";
import type { Message } from "@/lib/contract/message";

/** A message that a quote or a link names. `roomName` is null for a direct room. */
export interface LookedUp {
  message: Message;
  roomName: string | null;
}

/** Messages that were looked up, by id. Null: I can't see it, or it does not exist. */
export type MessagesState = { found: ReadonlyMap<string, LookedUp | null> };

export const createMessagesStore = () => createStore<MessagesState>(() => ({ found: new Map() }));
export type MessagesStore = ReturnType<typeof createMessagesStore>;
