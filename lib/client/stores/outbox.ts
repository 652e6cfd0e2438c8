import { createStore } from "zustand/vanilla";

/** A message of mine that the server has not confirmed. It already has the id that the message will have. */
export interface OutboxEntry {
  id: string;
  /** Whose it is: another account in this browser never sends it. */
  personId: string;
  roomId: string;
  body: string;
  /** Milliseconds since 1970, by this browser's clock. */
  createdAt: number;
  state: "waiting" | "failed";
  /** Why the server refused it. */
  reason?: string;
}

export interface OutboxState {
  /** In the order of writing. */
  entries: readonly OutboxEntry[];
  /** Edits that have no answer yet: the new text by message id, shown instead of the old one. */
  edits: ReadonlyMap<string, string>;
}

export const createOutboxStore = () => createStore<OutboxState>(() => ({ entries: [], edits: new Map() }));
export type OutboxStore = ReturnType<typeof createOutboxStore>;
