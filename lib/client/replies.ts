import type { Message } from "@/lib/contract/message";
import type { ThreadFollow } from "@/lib/contract/thread-summary";

/** Whether the log of the room shows a message. A server of the previous version sends no `threadId`. */
export const isInRoom = ({ threadId, alsoInRoom }: Pick<Message, "threadId" | "alsoInRoom">): boolean =>
  !threadId || alsoInRoom;

/** The threads that I follow, or have stopped following, by the id of their first message. */
export type FollowedThreads = ReadonlyMap<string, { follow: ThreadFollow | null }>;

/** The place up to which a reply that the room shows, too, is read in its thread. One that was moved there is read only in the room. */
export function readInThread(threads: FollowedThreads | undefined, { threadId, movedAt }: Message): number {
  return (threadId && !movedAt && threads?.get(threadId)?.follow?.lastReadSeq) || 0;
}
