import { z } from "zod";
import { Message } from "./message";
import { limits } from "./limits";
import { fields, Id, lineOrNothing, operation, Tick } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";
import { ThreadFollow, ThreadSummary } from "./thread-summary";

/** A thread in the list of those that the caller follows. */
export const ListedThread = fields({
  /** The id of its first message. */
  id: Id,
  roomId: Id,
  /** Its first message, with the beginning of its text. Null if the caller can't see it. */
  first: Message.nullable(),
  /** Its newest reply, with the beginning of its text. */
  last: Message,
  summary: ThreadSummary,
});
export type ListedThread = z.infer<typeof ListedThread>;

export const ThreadFilter = z.enum(["unread", "read", "started", "titled", "resolved"]);
export type ThreadFilter = z.infer<typeof ThreadFilter>;

export const ThreadSort = z.enum(["newest", "oldest"]);
export type ThreadSort = z.infer<typeof ThreadSort>;

export const listThreads = operation({
  name: "thread.list",
  http: "GET /api/threads",
  summary:
    "List the threads that you follow and that have replies, in the order of their latest replies: those that are unread; those that " +
    "are read and not resolved; those whose first message you wrote; those with a title that are not resolved; or those that are resolved",
  input: fields({
    filter: ThreadFilter,
    /** Whether the thread with the newest or with the oldest latest reply comes first. */
    sort: ThreadSort.default("newest"),
    ...page({ maxLimit: 100, defaultLimit: 25 }),
  }),
  output: fields({
    threads: z.array(ListedThread),
    /** The authors of the messages, and the people of the summaries. */
    people: z.array(Person),
    ...nextPage,
  }),
});

export const followThread = operation({
  name: "thread.setFollowed",
  http: "PUT /api/threads/{threadId}/followed",
  repeat: "safe",
  audit: null,
  summary: "Follow a thread, or stop following it. Writing in a thread follows it, too",
  input: fields({ threadId: Id, isFollowed: z.boolean() }),
  output: ThreadFollow,
  errors: ["not_found", "forbidden"],
  emits: ["me"],
});

export const readThread = operation({
  name: "thread.read",
  http: "PUT /api/threads/{threadId}/read",
  repeat: "safe",
  audit: null,
  summary:
    "Mark a thread that you follow as read up to a reply (`seq`), or everything in it now; never moves backwards",
  input: fields({
    threadId: Id,
    /** Without it, everything in the thread at the time of the request. */
    upToSeq: Tick.optional(),
  }),
  output: ThreadFollow,
  errors: ["not_found"],
  emits: ["me"],
});

export const markThreadUnread = operation({
  name: "thread.markUnread",
  http: "PUT /api/threads/{threadId}/unread",
  repeat: "intent",
  audit: null,
  summary: "Mark a thread that you follow as unread from a reply (`seq`) on",
  input: fields({ threadId: Id, fromSeq: Tick }),
  output: ThreadFollow,
  errors: ["not_found"],
  emits: ["me"],
});

export const muteThread = operation({
  name: "thread.setMuted",
  http: "PUT /api/threads/{threadId}/muted",
  repeat: "safe",
  audit: null,
  summary: "Mute a thread that you follow, or unmute it in a muted room. Null: as the room",
  input: fields({ threadId: Id, isMuted: z.boolean().nullable() }),
  output: ThreadFollow,
  errors: ["not_found"],
  emits: ["me"],
});

export const setThreadTitle = operation({
  name: "thread.setTitle",
  http: "PUT /api/threads/{threadId}/title",
  repeat: "intent",
  audit: null,
  summary: "Give a thread a title. An empty one removes it. The answer is its first message",
  input: fields({ threadId: Id, title: lineOrNothing(limits.threadTitle) }),
  output: Message,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame"],
});

export const resolveThread = operation({
  name: "thread.setResolved",
  http: "PUT /api/threads/{threadId}/resolved",
  repeat: "intent",
  audit: null,
  summary:
    "Mark a thread as resolved, or open it again. Replies can be written in both. The answer is its first message",
  input: fields({ threadId: Id, isResolved: z.boolean() }),
  output: Message,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame"],
});

export const moveMessages = operation({
  name: "thread.move",
  http: "POST /api/threads/{threadId}/messages",
  repeat: "intent",
  audit: null,
  summary:
    "Move messages of the room into a thread, or below a message that begins one with them. They must be later than the first " +
    "message, and may be neither replies nor first messages of threads. They keep their place and time, and the room shows where they stood",
  input: fields({ threadId: Id, messageIds: z.array(Id).min(1).max(limits.moved) }),
  output: fields({ messages: z.array(Message) }),
  errors: ["not_found", "forbidden", "room_archived", "gone", "conflict"],
  emits: ["frame", "me"],
});
