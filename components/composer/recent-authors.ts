import type { RoomState } from "@/lib/client/room-state";

/** How many of the newest messages count. */
const maxMessages = 100;

/** The people who wrote the newest loaded messages of a room, the latest first. */
export function recentAuthors(room: Pick<RoomState, "ranges"> | undefined): string[] {
  const newest = room?.ranges.at(-1)?.messages.slice(-maxMessages) ?? [];
  const ids = newest.flatMap(({ authorId, kind }) => (authorId && kind !== "notice" ? [authorId] : []));
  return [...new Set(ids.toReversed())];
}
