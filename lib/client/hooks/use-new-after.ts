"use client";
import { useState } from "react";
import { useStore } from "zustand";
import type { RoomState } from "../room-state";
import { useLooking } from "./use-looking";
import { useParley } from "./use-parley";

/**
 * The `seq` after which the divider "New" is shown; null for no divider. While nobody looks at the page, it follows the read
 * position. While somebody looks, it stays where it is until they leave the room.
 */
export function useNewAfter(roomId: string): number | null {
  const { stores } = useParley();
  const caughtUp = useStore(stores.connection, (connection) => connection.caughtUp);
  // Until the client has caught up, nobody has seen what arrives: it counts as new.
  const isLooking = useLooking() && caughtUp;
  const lastReadSeq = useStore(stores.rooms, ({ rooms }) => lastReadSeqIfUnread(rooms.get(roomId)));
  const [divider, setDivider] = useState({ roomId, isLooking, seq: lastReadSeq });
  // Place the divider again when another room is opened, and when the person starts or stops looking.
  if (divider.roomId !== roomId) setDivider({ roomId, isLooking, seq: lastReadSeq });
  else if (divider.isLooking !== isLooking) setDivider({ roomId, isLooking, seq: lastReadSeq ?? divider.seq });
  if (!isLooking) return lastReadSeq ?? divider.seq;
  return divider.roomId === roomId ? divider.seq : lastReadSeq;
}

/** How far I have read, while there is something unread. */
function lastReadSeqIfUnread(room: RoomState | undefined): number | null {
  return room && room.unread.seqs.size > 0 ? room.membership.lastReadSeq : null;
}
