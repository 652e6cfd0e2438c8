import { createStore } from "zustand/vanilla";

/** A message of mine that the server has not confirmed. Its `id` will be the id of the message. */
export interface OutboxEntry {
  id: string;
  /** The author. Another account in the same browser never sends it. */
  personId: string;
  roomId: string;
  body: string;
  /** The message that it quotes. */
  replyToId?: string;
  /** Milliseconds since 1970, by this browser's clock. */
  createdAt: number;
  state: "waiting" | "failed";
  /** Why sending failed, as a sentence for the person. */
  reason?: string;
}

export interface OutboxState {
  /** Oldest first. */
  entries: readonly OutboxEntry[];
  /** The new texts of edits that the server has not confirmed, by message id. They are shown instead of the old texts. */
  edits: ReadonlyMap<string, string>;
}

export const createOutboxStore = () => createStore<OutboxState>(() => ({ entries: [], edits: new Map() }));
export type OutboxStore = ReturnType<typeof createOutboxStore>;
