import { z } from "zod";
import { isVisible } from "./hidden";
import { limits } from "./limits";
import { MentionNotes, MentionTargets } from "./mention";
import { fields, Id, NewId, Nothing, operation, Tick, Time } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";
import { ReactionKind } from "./reaction";
import { PostingPolicy, RoomAccess, RoomHistory, RoomRole } from "./room-role";
import { ThreadAbout, ThreadSummary } from "./thread-summary";

/** What happened in a room. `personIds` are the people it happened to; the author of the message did it. */
export const Notice = z.discriminatedUnion("type", [
  fields({ type: z.literal("created") }),
  /** The room's name changed. */
  fields({ type: z.literal("renamed"), from: z.string(), to: z.string() }),
  /** The topic changed. If `topic` is empty, it was removed. */
  fields({ type: z.literal("topic"), topic: z.string() }),
  /** Who may post in the room changed. */
  fields({ type: z.literal("posting"), postingPolicy: PostingPolicy }),
  /** Who can find and join changed: the access, or the groups of a restricted room if `from` and `access` are the same. */
  fields({ type: z.literal("access"), from: RoomAccess, access: RoomAccess }),
  /** The setting for what newcomers see of earlier messages changed. */
  fields({ type: z.literal("history"), history: RoomHistory }),
  /** The setting for notices about people who join or leave changed. */
  fields({ type: z.literal("notices"), notices: z.boolean() }),
  fields({ type: z.literal("archived") }),
  fields({ type: z.literal("unarchived") }),
  /** Someone's role in the room changed to `role`. */
  fields({ type: z.literal("role"), personIds: z.array(Id), role: RoomRole }),
  fields({ type: z.literal("joined"), personIds: z.array(Id) }),
  fields({ type: z.literal("added"), personIds: z.array(Id) }),
  fields({ type: z.literal("left"), personIds: z.array(Id) }),
  fields({ type: z.literal("removed"), personIds: z.array(Id) }),
  /** A message was pinned. */
  fields({ type: z.literal("pinned"), messageId: Id }),
]);
export type Notice = z.infer<typeof Notice>;

/** One entry of a room's log. It always has the whole state, so that applying it twice or late does no harm. */
export const Message = fields({
  id: Id,
  roomId: Id,
  authorId: Id.nullable(),
  kind: z.enum(["person", "bot", "webhook", "notice"]),
  /** Markdown source; empty in notices and tombstones. */
  body: z.string(),
  notice: Notice.nullable(),
  /** The message of the same room that it quotes. The reader may be unable to see that one. */
  replyToId: Id.nullable(),
  /** Whom it mentions, as of when it was sent. Null if nobody. */
  mentions: MentionTargets.nullable(),
  /**
   * Present if a group or `@here` in `mentions` means the reader, but never in a room's last message. Whether a person or `@room` means
   * the reader follows from `mentions`.
   */
  isForMe: z.literal(true).optional(),
  /** The first message of the thread that it is a reply in; null if it is not a reply. The reader may be unable to see that message. */
  threadId: Id.nullable(),
  /** Of the first message of a thread: what is said of the thread. Null if nothing is. */
  thread: ThreadAbout.nullable(),
  /** Whether the room shows this reply, too. Other replies are in no page of the room, only in those of their threads. */
  alsoInRoom: z.boolean(),
  /** When it was moved from the room into its thread. The room shows only where it stood. Null if it was sent where it is. */
  movedAt: Time.nullable(),
  /** Its position in the room. It never changes. */
  seq: z.int(),
  /** The tick of its latest change. Of two states of one message, the one with the greater tick is newer. */
  changedSeq: z.int(),
  createdAt: Time,
  editedAt: Time.nullable(),
  deletedAt: Time.nullable(),
  /** When it was pinned, and by whom. Null if it is not pinned. */
  pinnedAt: Time.nullable(),
  pinnedById: Id.nullable(),
  /**
   * The reactions to it, as the reader gets them. Only pages have them. Without it, what the client knows of them stays, until the
   * message is deleted.
   */
  reactions: z.array(ReactionKind).optional(),
});
export type Message = z.infer<typeof Message>;

/** A message as its author gets it after sending or editing it. `notes` are only there if there is something to say. */
export const WrittenMessage = fields({ ...Message.shape, notes: MentionNotes.optional() });
export type WrittenMessage = z.infer<typeof WrittenMessage>;

export const MessageBody = z
  .string()
  .max(limits.messageBody, `At most ${limits.messageBody.toLocaleString("en")} characters.`)
  .refine(isVisible, "Write something first.")
  .refine((text) => !text.includes("\u0000"), "This contains characters that can't be saved.");

/** A page of messages, oldest first. `clock` is the room's clock at the time of the query. */
export const MessagePage = fields({
  messages: z.array(Message),
  clock: z.int(),
  /** The caller sees only messages after this `seq`. It differs from that of a membership read before the caller joined again. */
  floorSeq: z.int(),
  /** Whether there are messages before this page. In the input, `before` is a position instead. */
  before: z.boolean(),
  /** Whether there are messages after this page. In the input, `after` is a position instead. */
  after: z.boolean(),
  /** The authors and everybody the notices are about. */
  people: z.array(Person),
  /** The threads that these messages have begun. Left out if there are none. */
  threads: z.array(ThreadSummary).optional(),
  /** In a page of a thread: its first message, or null if the caller can't see it. */
  first: Message.nullable().optional(),
});
export type MessagePage = z.infer<typeof MessagePage>;

export const listMessages = operation({
  name: "message.list",
  http: "GET /api/rooms/{roomId}/messages",
  summary:
    "Page through a room's messages, or through the replies of one of its threads: the newest, or those before, after or around a " +
    "position (`seq`)",
  input: fields({
    roomId: Id,
    /** The first message of a thread. Then the page has its replies. */
    threadId: Id.optional(),
    before: Tick.optional(),
    after: Tick.optional(),
    around: Tick.optional(),
    limit: z.int().min(1).max(limits.page).default(limits.pageDefault),
  }),
  output: MessagePage,
  errors: ["not_found"],
});

export const lookUpMessages = operation({
  name: "message.lookUp",
  http: "GET /api/messages",
  summary:
    "Look up messages by id, in any room that you can read, with the beginnings of their texts. Left out are messages that you " +
    "can't see or that don't exist, and notices",
  input: fields({ messageIds: z.array(Id).min(1).max(limits.lookUp) }),
  output: fields({
    /** Each `body` has at most 300 characters. */
    messages: z.array(Message),
    /** Their rooms. Direct rooms have no name. */
    rooms: z.array(fields({ id: Id, name: z.string().nullable() })),
    /** Their authors. */
    people: z.array(Person),
  }),
});

export const sendMessage = operation({
  name: "message.send",
  http: "POST /api/rooms/{roomId}/messages",
  repeat: "named",
  audit: null,
  summary:
    "Send a message to a room, or a reply in a thread there. An `@` before a handle, `here` or `room` mentions people; `notes` says " +
    "what did not work",
  input: fields({
    roomId: Id,
    id: NewId.optional(),
    body: MessageBody,
    /** A message of the room that you can see, to quote it. It may be deleted, but not a notice. */
    replyToId: Id.optional(),
    /** The first message of the thread of this room that it is a reply in. It may be neither a reply nor a notice. */
    threadId: Id.optional(),
    /** Whether the room shows the reply, too. */
    alsoInRoom: z.boolean().optional(),
  }),
  output: WrittenMessage,
  errors: ["not_found", "forbidden", "room_archived", "conflict"],
  emits: ["frame"],
  limit: { points: 20, seconds: 2 },
});

export const editMessage = operation({
  name: "message.edit",
  http: "PATCH /api/messages/{messageId}",
  repeat: "intent",
  audit: null,
  summary: "Edit a message of yours",
  input: fields({
    messageId: Id,
    body: MessageBody,
    /**
     * The `editedAt` of the version that was edited. If that is not the latest version, the answer is `conflict`. Without
     * `basedOn`, the last edit wins.
     */
    basedOn: Time.nullable().optional(),
  }),
  output: WrittenMessage,
  errors: ["not_found", "forbidden", "room_archived", "gone", "conflict"],
  emits: ["frame", "me"],
});

export const deleteMessage = operation({
  name: "message.delete",
  http: "DELETE /api/messages/{messageId}",
  repeat: "intent",
  audit: "message",
  summary: "Delete a message; a tombstone stays in its place",
  input: fields({ messageId: Id }),
  output: Message,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame", "me"],
});

/** An earlier version of a message: `replacedAt` is when an edit replaced it. */
export const Revision = fields({ id: Id, body: z.string(), replacedAt: Time });
export type Revision = z.infer<typeof Revision>;

export const showHistory = operation({
  name: "message.history",
  http: "GET /api/messages/{messageId}/history",
  summary: "List the earlier versions of a message, latest first",
  input: fields({ messageId: Id, ...page({ maxLimit: 100, defaultLimit: 50 }) }),
  output: fields({ revisions: z.array(Revision), ...nextPage }),
  errors: ["not_found"],
});

export const typeInRoom = operation({
  name: "room.type",
  http: "POST /api/rooms/{roomId}/typing",
  // A retry could be late: the person may have stopped typing.
  repeat: "never",
  audit: null,
  summary: "Show the room that you're typing, for six seconds",
  input: fields({
    roomId: Id,
    /** The thread in which the caller is typing. */
    threadId: Id.optional(),
  }),
  output: Nothing,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["typing"],
  limit: { points: 5, seconds: 10 },
});
