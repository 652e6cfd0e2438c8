"use client";
import { useEffect, useMemo } from "react";
import { createAutoRead } from "../auto-read";
import { isLooking, onLooking } from "../looking";
import { useParley } from "./use-parley";

/**
 * Marks the room as read as its messages are looked at. Call `seen(seq)` when a message is on the screen; it counts as read
 * after half a second there with the tab visible and the window focused.
 */
export function useAutoRead(roomId: string): { seen(seq: number): void } {
  const { markRead } = useParley();
  const autoRead = useMemo(
    () => createAutoRead({ isLooking, read: (seq) => markRead(roomId, seq) }),
    [markRead, roomId],
  );
  useEffect(() => {
    const end = onLooking(autoRead.look);
    return () => {
      end();
      autoRead.stop();
    };
  }, [autoRead]);
  return autoRead;
}
