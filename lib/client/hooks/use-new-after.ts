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
  const [divider, setDivider] = useState({ roomId, looking, at: now });
  // Place the divider again when another room is opened, and when the person starts or stops looking.
  if (divider.roomId !== roomId) setDivider({ roomId, looking, at: now });
  else if (divider.looking !== looking) setDivider({ roomId, looking, at: now ?? divider.at });
  if (!looking) return now ?? divider.at;
  return divider.roomId === roomId ? divider.at : now;
}

/** How far I have read, while there is something unread. */
function readUpTo(room: RoomState | undefined): number | null {
  return room && room.unread.seqs.size > 0 ? room.membership.lastReadSeq : null;
}
