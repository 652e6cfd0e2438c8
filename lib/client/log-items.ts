import type { Message, Notice } from "@/lib/contract/message";
import { type Blocked, isBlocked, nobodyBlocked } from "./blocked";
import type { OutboxEntry } from "./stores/outbox";

/** The state of a message that is still in the outbox. */
export type UnsentState = { state: "waiting" | "failed"; reason?: string };
/** One row of a room's log on the screen. `day` is `YYYY-MM-DD` in the reader's time zone. */
export type LogItem =
  | { type: "date"; key: string; day: string }
  | { type: "new"; key: string }
  | {
      type: "message";
      key: string;
      message: Message;
      grouped: boolean;
      unsent: UnsentState | null;
      /** Set if somebody whom I block wrote the message and I have not asked to see it. */
      collapsed?: true;
    }
  | NoticesItem;
/**
 * One row for consecutive notices of one day about people who joined or left. `message` is the newest notice, so that all notices
 * count as read when the row is on the screen. `key` is the id of the first notice, so that it stays the same when a notice is
 * added at the end.
 */
type NoticesItem = {
  type: "message";
  key: string;
  message: Message;
  grouped: false;
  unsent: null;
  notices: NoticeMessage[];
};
export type NoticeMessage = Message & { notice: Notice };
/** A notice about people who joined or left. */
export type MembershipNotice = Extract<Notice, { type: "joined" | "added" | "left" | "removed" }>;

export interface LogItemsInput {
  /** Sorted by `seq`. */
  messages: readonly Message[];
  /** The outbox entries of this room, in the order in which they were written. */
  entries: readonly OutboxEntry[];
  /** The new texts of edits that the server has not confirmed, by message id. */
  edits: ReadonlyMap<string, string>;
  hasOlder: boolean;
  meId: string;
  blocked?: Blocked;
  /** The messages of people whom I block that I have asked to see, by id. */
  shownIds?: ReadonlySet<string>;
  /** The read position when the room was opened, if it had unread messages; otherwise null. */
  newAfter: number | null;
  /** Converts a timestamp to its date in the reader's time zone, such as 2026-01-31. */
  dayOf: (at: string) => string;
}

const groupedWithinMs = 5 * 60_000;

/** Builds the rows of a log: days, the divider "New", messages grouped by author, and unsent messages at the end. */
export function logItems(input: LogItemsInput): LogItem[] {
  const { messages, entries, edits, meId, dayOf, blocked = nobodyBlocked, shownIds } = input;
  const items: LogItem[] = [];
  let previous: Message | null = null;
  let day = "";
  const firstNew = firstNewMessage(input);

  const add = (message: Message, unsent: UnsentState | null, isFirstNew = false) => {
    const messageDay = dayOf(message.createdAt);
    const last = items.at(-1);
    if (sharesRow(message) && messageDay === day && last?.type === "message" && "notices" in last) {
      last.notices.push(message);
      last.message = message;
      return;
    }
    const isTheirs = isByBlocked(message, blocked);
    // Each message of somebody whom I block stands alone, because each is shown by itself.
    let grouped = previous !== null && !isTheirs && isGroupedWith(previous, message);
    if (messageDay !== day) {
      items.push({ type: "date", key: `date-${messageDay}-${message.id}`, day: messageDay });
      day = messageDay;
      grouped = false;
    }
    if (isFirstNew) {
      items.push({ type: "new", key: "new" });
      grouped = false;
    }
    if (sharesRow(message))
      items.push({ type: "message", key: message.id, message, grouped: false, unsent: null, notices: [message] });
    else {
      const collapsed = isTheirs && !shownIds?.has(message.id);
      items.push({ type: "message", key: message.id, message, grouped, unsent, ...(collapsed && { collapsed }) });
    }
    previous = message;
  };

  for (const message of messages) {
    const body = edits.get(message.id);
    const shown = body === undefined || message.deletedAt ? message : { ...message, body };
    add(shown, null, message === firstNew);
  }
  const messageIds = entries.length > 0 ? new Set(messages.map((message) => message.id)) : null;
  for (const entry of entries) if (!messageIds?.has(entry.id)) add(toMessage(entry, meId), unsentState(entry));
  return items;
}

/** Whether somebody whom I block wrote a message. */
const isByBlocked = ({ kind, authorId }: Message, blocked: Blocked): boolean =>
  kind === "person" && isBlocked(blocked, authorId);

function firstNewMessage(input: LogItemsInput): Message | null {
  const { messages, newAfter, hasOlder, meId, blocked = nobodyBlocked } = input;
  if (newAfter === null) return null;
  // If older unread messages are not loaded, leave the divider out, because it belongs above them.
  if (hasOlder && (messages[0]?.seq ?? 0) > newAfter) return null;
  const counts = ({ seq, kind, authorId }: Message) =>
    seq > newAfter && kind !== "notice" && authorId !== meId && !isBlocked(blocked, authorId);
  return messages.find(counts) ?? null;
}

const membershipTypes: ReadonlySet<Notice["type"]> = new Set<MembershipNotice["type"]>([
  "joined",
  "added",
  "left",
  "removed",
]);

export function isMembershipNotice(notice: Notice): notice is MembershipNotice {
  return membershipTypes.has(notice.type);
}

/** Only notices about people who joined or left share a row. Every other notice has its own row. */
function sharesRow(message: Message): message is NoticeMessage {
  return message.notice !== null && isMembershipNotice(message.notice);
}

function isGroupedWith(previous: Message, message: Message): boolean {
  return (
    previous.kind === "person" &&
    message.kind === "person" &&
    // A reply stands with its author's name, below what it quotes.
    !message.replyToId &&
    previous.authorId === message.authorId &&
    Math.abs(Date.parse(message.createdAt) - Date.parse(previous.createdAt)) <= groupedWithinMs
  );
}

/** Converts an outbox entry to a message. It has no position in the log yet, so its `seq` is 0. */
function toMessage(entry: OutboxEntry, meId: string): Message {
  return {
    id: entry.id,
    roomId: entry.roomId,
    authorId: meId,
    kind: "person",
    body: entry.body,
    notice: null,
    replyToId: entry.replyToId ?? null,
    mentions: null,
    threadId: entry.reply?.threadId ?? null,
    thread: null,
    alsoInRoom: entry.reply?.alsoInRoom ?? false,
    movedAt: null,
    seq: 0,
    changedSeq: 0,
    createdAt: new Date(entry.createdAt).toISOString(),
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    pinnedById: null,
  };
}

function unsentState({ state, reason }: OutboxEntry): UnsentState {
  return reason === undefined ? { state } : { state, reason };
}
