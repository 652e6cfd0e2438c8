"use client";
import { useState } from "react";
import { useStore } from "zustand";
import type { RoomState } from "../room-state";
import { useLooking } from "./use-looking";
import { useParley } from "./use-parley";

/**
 * The `seq` after which the divider "New" stands, or null without one. It moves with new messages while nobody looks at the
 * page. While somebody does, it stays until they leave the room.
 */
export function useNewAfter(roomId: string): number | null {
  const { stores } = useParley();
  const caughtUp = useStore(stores.connection, (connection) => connection.caughtUp);
  // Messages missed while disconnected count as written while nobody looked.
  const looking = useLooking() && caughtUp;
  const now = useStore(stores.rooms, ({ rooms }) => readUpTo(rooms.get(roomId)));
  const [stands, setStands] = useState({ roomId, looking, at: now });
  // On entering a room, and when somebody looks away: what is unread from then on is new.
  if (stands.roomId !== roomId) setStands({ roomId, looking, at: now });
  else if (stands.looking !== looking) setStands({ roomId, looking, at: now ?? stands.at });
  if (!looking) return now ?? stands.at;
  return stands.roomId === roomId ? stands.at : now;
}

/** How far I have read, while there is something unread. */
function readUpTo(room: RoomState | undefined): number | null {
  return room && room.unread.seqs.size > 0 ? room.membership.lastReadSeq : null;
}
