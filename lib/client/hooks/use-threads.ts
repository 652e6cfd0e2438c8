"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { ThreadSummary } from "@/lib/contract/thread-summary";
import { unreadOf } from "../threads";
import { useParley } from "./use-parley";

/** The summary of a thread; null if there is none. */
export function useThreadSummary(roomId: string, threadId: string): ThreadSummary | null {
  return useStore(useParley().stores.rooms, ({ rooms }) => rooms.get(roomId)?.threads.get(threadId)?.summary ?? null);
}

/** How many replies of a thread are unread, at most 100. */
export function useUnreadReplies(roomId: string, threadId: string): number {
  return useStore(useParley().stores.rooms, ({ rooms }) => {
    const room = rooms.get(roomId);
    const thread = room?.threads.get(threadId);
    return room && thread ? unreadOf(thread, room).length : 0;
  });
}

/** How many of my threads have unread replies. */
export function useUnreadThreads(): number {
  return useStore(useParley().stores.rooms, ({ rooms }) => {
    let count = 0;
    for (const room of rooms.values())
      for (const thread of room.threads.values()) if (unreadOf(thread, room).length > 0) count++;
    return count;
  });
}

/** The ids of my threads with unread replies. */
export function useUnreadThreadIds(): string[] {
  return useStore(
    useParley().stores.rooms,
    useShallow(({ rooms }) =>
      [...rooms.values()].flatMap((room) =>
        [...room.threads].flatMap(([id, thread]) => (unreadOf(thread, room).length > 0 ? [id] : [])),
      ),
    ),
  );
}
