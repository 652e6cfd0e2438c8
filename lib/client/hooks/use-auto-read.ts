"use client";
import { useEffect, useMemo } from "react";
import { createAutoRead, type Visible } from "../auto-read";
import { isLooking, watchLooking } from "../looking";
import { firstUnread } from "../unread";
import { useParley } from "./use-parley";

/**
 * Marks messages as read. Call `setVisible` with what is on the screen. Messages count as read after
 * half a second on the screen, if the tab is visible and the window has the focus.
 */
export function useAutoRead(roomId: string): { setVisible(visible: Visible | null): void } {
  const { markRead, stores } = useParley();
  const autoRead = useMemo(
    () =>
      createAutoRead({
        isLooking,
        markRead: (seq) => markRead(roomId, seq),
        firstUnread: () => firstUnread(stores.rooms.getState().rooms.get(roomId)),
      }),
    [markRead, roomId, stores],
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
