import { createStore } from "zustand/vanilla";

/** A message of mine that the server has not confirmed. It already has the id that the message will have. */
export interface OutboxEntry {
  id: string;
  /** The author. Another account in the same browser never sends it. */
  personId: string;
  roomId: string;
  body: string;
  /** Milliseconds since 1970, by this browser's clock. */
  createdAt: number;
  state: "waiting" | "failed";
  /** Why sending failed, as a sentence for the person. */
  reason?: string;
}

export interface OutboxState {
  /** Oldest first. */
  entries: readonly OutboxEntry[];
  /** New texts of edits that the server has not answered yet, by message id. They are shown instead of the old texts. */
  edits: ReadonlyMap<string, string>;
}

export const createOutboxStore = () => createStore<OutboxState>(() => ({ entries: [], edits: new Map() }));
export type OutboxStore = ReturnType<typeof createOutboxStore>;
