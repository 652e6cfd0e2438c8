"use client";
import { useEffect, useMemo } from "react";
import { createAutoRead } from "../auto-read";
import { isLooking, watchLooking } from "../looking";
import { useParley } from "./use-parley";

/**
 * Marks messages as read. Call `seen(seq)` when a message is on the screen. It counts as read after half a second on the
 * screen, if the tab is visible and the window has the focus.
 */
export function useAutoRead(roomId: string): { seen(seq: number): void } {
  const { markRead, stores } = useParley();
  const autoRead = useMemo(
    () => createAutoRead({ isLooking, read: (seq) => markRead(roomId, seq) }),
    [markRead, roomId],
  );
  useEffect(() => {
    const lastReadSeq = () => stores.rooms.getState().rooms.get(roomId)?.membership.lastReadSeq ?? 0;
    autoRead.positionIs(lastReadSeq());
    const ends = [watchLooking(autoRead.check), stores.rooms.subscribe(() => autoRead.positionIs(lastReadSeq()))];
    return () => {
      for (const end of ends) end();
      autoRead.stop();
    };
  }, [autoRead, roomId, stores]);
  return autoRead;
}
