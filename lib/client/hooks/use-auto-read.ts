"use client";
import { useEffect, useMemo } from "react";
import { createAutoRead } from "../auto-read";
import { isLooking, watchLooking } from "../looking";
import { useParley } from "./use-parley";

/**
 * Marks messages as read. Call `setLastVisible` with the `seq` of the last message on the screen. Messages count as read after
 * half a second on the screen, if the tab is visible and the window has the focus.
 */
export function useAutoRead(roomId: string): { setLastVisible(seq: number): void } {
  const { markRead, stores } = useParley();
  const autoRead = useMemo(
    () => createAutoRead({ isLooking, markRead: (seq) => markRead(roomId, seq) }),
    [markRead, roomId],
  );
  useEffect(() => {
    const lastReadSeq = () => stores.rooms.getState().rooms.get(roomId)?.membership.lastReadSeq ?? 0;
    autoRead.setReadPosition(lastReadSeq());
    const unwatchLooking = watchLooking(autoRead.check);
    const unsubscribe = stores.rooms.subscribe(() => autoRead.setReadPosition(lastReadSeq()));
    return () => {
      unwatchLooking();
      unsubscribe();
      autoRead.stop();
    };
  }, [autoRead, roomId, stores]);
  return autoRead;
}
