import { z } from "zod";
import { fields, Id, Tick, Time } from "./operation";

// A thread is the replies to one message of a room: its first message. `threadId` is the id of that message.

/** What people have said of a thread. It is part of its first message, so it changes with a tick of that message. */
export const ThreadAbout = fields({
  title: z.string().nullable(),
  /** When somebody marked it as resolved, and who. Null if it is open. */
  resolvedAt: Time.nullable(),
  resolvedById: Id.nullable(),
});
export type ThreadAbout = z.infer<typeof ThreadAbout>;

/** What is known of a thread from its first message. The reader may be unable to see that message: then nothing is. */
const ofFirst = {
  about: ThreadAbout.nullable(),
  /** The `changedSeq` of the first message when `about` was read. Of two states, the one with the greater is newer. */
  aboutSeq: z.int(),
};

/** What a room shows of a thread, as its reader sees it. It is counted when it is read. */
export const ThreadSummary = fields({
  threadId: Id,
  /** The author of the first message. Null if the reader can't see that message, or nobody wrote it. */
  authorId: Id.nullable(),
  /** The replies that are not deleted: at most 1,000, which means that there may be more. */
  count: z.int(),
  /** The authors of the newest replies, the latest first: at most three. */
  personIds: z.array(Id),
  /** When the newest reply was sent. Null if all are deleted. */
  lastAt: Time.nullable(),
  /** The greatest tick of its replies. Of two summaries, the one with the greater tick is newer. */
  tick: z.int(),
  ...ofFirst,
});
export type ThreadSummary = z.infer<typeof ThreadSummary>;

/**
 * A thread that the caller follows, or has chosen not to follow. A reply that the caller writes follows the thread and reads it, and a reply
 * that mentions the caller by name follows it, without a tick: the room's log tells.
 */
export const ThreadFollow = fields({
  roomId: Id,
  threadId: Id,
  isFollowed: z.boolean(),
  /** Whether the caller does not want to be told of the thread. Null: as they want it for the room. */
  isMuted: z.boolean().nullable(),
  /** The room's clock when the caller last chose whether to follow. A later reply of theirs begins it again. */
  chosenAtSeq: z.int(),
  /** The replies up to this `seq` are read. */
  lastReadSeq: z.int(),
  /**
   * The replies up to this `seq` are not unread in the thread, although the room may show unread ones: they were there before a reply
   * mentioned the caller, who follows since then. 0 if the caller follows for another reason.
   */
  fromSeq: z.int(),
  /** The room's clock when the caller last set `lastReadSeq` other than by writing. */
  readAtSeq: z.int(),
  /** The caller's clock at the last change. Of two states, the one with the greater tick is newer. */
  tick: Tick,
  /** The room's clock when `unread` was read. */
  clock: z.int(),
  /**
   * The `seq` of the newest replies after `lastReadSeq` and `fromSeq`, ascending, at most 100: neither deleted nor moved there, nor by the
   * caller or people whom they block. Empty if the thread is not followed.
   */
  unread: z.array(z.int()),
  /** Those of `unread` that the room shows, too. They are read as soon as the room is read up to them. */
  unreadInRoom: z.array(z.int()),
  ...ofFirst,
});
export type ThreadFollow = z.infer<typeof ThreadFollow>;
