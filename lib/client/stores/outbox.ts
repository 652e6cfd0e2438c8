import { createStore } from "zustand/vanilla";
import type { Input } from "@/lib/contract/index";
import type { MentionNotes } from "@/lib/contract/mention";

/** What makes a message a reply: its thread, and whether the room shows it, too. */
export interface Reply {
  threadId: string;
  alsoInRoom: boolean;
}

/** A message of mine that the server has not confirmed. Its `id` will be the id of the message. */
export interface OutboxEntry {
  id: string;
  /** The author. Another account in the same browser never sends it. */
  personId: string;
  /** The room, or `conversationPlace` while it is not known. */
  roomId: string;
  /** The other people of a conversation that has to be opened before this is sent. */
  personIds?: readonly string[];
  body: string;
  /** The message that it quotes. */
  replyToId?: string;
  reply?: Reply;
  /** Milliseconds since 1970, by this browser's clock. */
  createdAt: number;
  state: "waiting" | "failed";
  /** Its id is that of a draft. Another device may send a message with the same id and another text. */
  isDraft?: true;
  /** Why sending failed, as a sentence for the person. */
  reason?: string;
}

/** Stands for the conversation with these people until its room is known: for their text, and in the outbox. */
export const conversationPlace = (personIds: readonly string[]): string => `new-message ${personIds.toSorted().join()}`;

/** Whether the room of this message is not known yet. */
export const isRoomUnknown = ({ roomId, personIds }: Pick<OutboxEntry, "roomId" | "personIds">): boolean =>
  personIds !== undefined && roomId === conversationPlace(personIds);

export interface OutboxState {
  /** Oldest first. */
  entries: readonly OutboxEntry[];
  /** The new texts of edits that the server has not confirmed, by message id. They are shown instead of the old texts. */
  edits: ReadonlyMap<string, string>;
  /** The changes of my sidebar that the server has not confirmed, oldest first. They are shown on top of what is stored. */
  sidebar: readonly SidebarChange[];
  /** My unconfirmed reactions, by message id and emoji: whether I react. They are shown instead of the stored state. */
  wishes: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
  /** What I have to know about the mentions of my latest message in a room or a thread, by the place of its composer, until I dismiss it. */
  mentionNotes: ReadonlyMap<string, MentionNotes & { messageId: string }>;
}
export type SidebarChange = Input<"section.update"> | Input<"membership.setSection">;

export const createOutboxStore = () =>
  createStore<OutboxState>(() => ({
    entries: [],
    edits: new Map(),
    sidebar: [],
    wishes: new Map(),
    mentionNotes: new Map(),
  }));
export type OutboxStore = ReturnType<typeof createOutboxStore>;

/** Forgets what I had to know about the mentions of my latest message in a room or a thread. */
export function dismissMentionNotes(store: OutboxStore, place: string): void {
  const mentionNotes = new Map(store.getState().mentionNotes);
  if (mentionNotes.delete(place)) store.setState({ mentionNotes });
}
