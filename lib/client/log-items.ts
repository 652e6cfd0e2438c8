import type { Message } from "@/lib/contract/message";
import type { Draft } from "./stores/outbox";

export type DraftState = { state: "waiting" | "failed"; reason?: string };
/** One row of a room's log on the screen. `day` is `YYYY-MM-DD` where the reader is. */
export type LogItem =
  | { type: "date"; key: string; day: string }
  | { type: "new"; key: string }
  | { type: "message"; key: string; message: Message; grouped: boolean; draft: DraftState | null };

export interface LogItemsInput {
  /** By place, oldest first. */
  messages: readonly Message[];
  /** This room's, in the order of writing. */
  drafts: readonly Draft[];
  edits: ReadonlyMap<string, string>;
  hasBefore: boolean;
  meId: string;
  /** The read position on entering, when there was something unread; else null. */
  newAfter: number | null;
  dayOf?: (at: string) => string;
}

const groupedWithinMs = 5 * 60_000;

/** The log as it is shown: days, the divider "New", messages under their author, and drafts at the end. */
export function logItems(input: LogItemsInput): LogItem[] {
  const { messages, drafts, edits, meId, dayOf = localDay } = input;
  const items: LogItem[] = [];
  let previous: Message | null = null;
  let day = "";
  const firstNew = firstNewMessage(input);

  const add = (message: Message, draft: DraftState | null, isFirstNew = false) => {
    const today = dayOf(message.createdAt);
    let grouped = previous !== null && continues(previous, message);
    if (today !== day) {
      items.push({ type: "date", key: `date-${today}-${message.id}`, day: today });
      day = today;
      grouped = false;
    }
    if (isFirstNew) {
      items.push({ type: "new", key: "new" });
      grouped = false;
    }
    items.push({ type: "message", key: message.id, message, grouped, draft });
    previous = message;
  };

  for (const message of messages) {
    const body = edits.get(message.id);
    const shown = body === undefined || message.deletedAt ? message : { ...message, body };
    add(shown, null, message === firstNew);
  }
  const arrived = drafts.length > 0 ? new Set(messages.map((message) => message.id)) : null;
  for (const draft of drafts) if (!arrived?.has(draft.id)) add(asMessage(draft, meId), draftState(draft));
  return items;
}

function firstNewMessage({ messages, newAfter, hasBefore, meId }: LogItemsInput): Message | null {
  if (newAfter === null) return null;
  // With older unread messages not loaded, the divider's place is above what is shown.
  if (hasBefore && (messages[0]?.seq ?? 0) > newAfter) return null;
  return messages.find(({ seq, kind, authorId }) => seq > newAfter && kind !== "notice" && authorId !== meId) ?? null;
}

function continues(previous: Message, message: Message): boolean {
  return (
    previous.kind === "person" &&
    message.kind === "person" &&
    previous.authorId === message.authorId &&
    Math.abs(Date.parse(message.createdAt) - Date.parse(previous.createdAt)) <= groupedWithinMs
  );
}

/** A draft as the message it is about to be. It has no place yet: `seq` is 0. */
function asMessage(draft: Draft, meId: string): Message {
  return {
    id: draft.id,
    roomId: draft.roomId,
    authorId: meId,
    kind: "person",
    body: draft.body,
    notice: null,
    seq: 0,
    changedSeq: 0,
    createdAt: new Date(draft.createdAt).toISOString(),
    editedAt: null,
    deletedAt: null,
  };
}

function draftState({ state, reason }: Draft): DraftState {
  return reason === undefined ? { state } : { state, reason };
}

function localDay(at: string): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
