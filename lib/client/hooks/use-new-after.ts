"use client";
import { useState } from "react";
import { useStore } from "zustand";
import { useLooking } from "./use-looking";
import { useParley } from "./use-parley";

/**
 * The `seq` after which the divider "New" is shown; null for no divider. While nobody looks at the page, the divider follows the
 * read position. While somebody looks, it stays in place until they leave the room or mark the room as unread.
 */
export function useNewAfter(roomId: string): number | null {
  const { stores } = useParley();
  const lastReadSeq = useStore(stores.rooms, ({ rooms }) => rooms.get(roomId)?.membership.lastReadSeq ?? 0);
  const hasUnread = useStore(stores.rooms, ({ rooms }) => (rooms.get(roomId)?.unread.seqs.size ?? 0) > 0);
  return useDivider(roomId, { lastReadSeq, hasUnread });
}

/** The same for the log of a room or a thread with this id and this read position. */
export function useDivider(
  roomId: string,
  { lastReadSeq, hasUnread }: { lastReadSeq: number; hasUnread: boolean },
): number | null {
  const { stores } = useParley();
  const caughtUp = useStore(stores.connection, (connection) => connection.caughtUp);
  // Until the client has caught up, arriving messages count as new, as if nobody were looking.
  const isLooking = useLooking() && caughtUp;
  const firstNewAfter = hasUnread ? lastReadSeq : null;
  const [divider, setDivider] = useState({ roomId, isLooking, lastReadSeq, after: firstNewAfter });
  // Places the divider again when another room is opened, the room is marked as unread, or somebody starts or stops looking.
  const isMarkedUnread = lastReadSeq < divider.lastReadSeq;
  if (divider.roomId !== roomId || isMarkedUnread) setDivider({ roomId, isLooking, lastReadSeq, after: firstNewAfter });
  else if (divider.isLooking !== isLooking)
    setDivider({ roomId, isLooking, lastReadSeq, after: firstNewAfter ?? divider.after });
  else if (divider.lastReadSeq !== lastReadSeq) setDivider({ ...divider, lastReadSeq });
  if (!isLooking) return firstNewAfter ?? divider.after;
  return divider.roomId === roomId ? divider.after : firstNewAfter;
}
