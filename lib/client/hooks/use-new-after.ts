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
  const looking = useLooking() && caughtUp;
  const now = useStore(stores.rooms, ({ rooms }) => readUpTo(rooms.get(roomId)));
  const [stands, setStands] = useState({ roomId, looking, at: now });
  // When a room is opened or somebody stops looking, messages that are unread from then on are new.
  if (stands.roomId !== roomId) setStands({ roomId, looking, at: now });
  else if (stands.looking !== looking) setStands({ roomId, looking, at: now ?? stands.at });
  if (!looking) return now ?? stands.at;
  return stands.roomId === roomId ? stands.at : now;
}

/** How far I have read, while there is something unread. */
function readUpTo(room: RoomState | undefined): number | null {
  return room && room.unread.seqs.size > 0 ? room.membership.lastReadSeq : null;
}
