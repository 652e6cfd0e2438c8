"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useParley } from "./use-parley";

/** The number of my rooms with unread messages, and the total of their unread messages. In muted rooms, only mentions count. */
export function useUnread(): { rooms: number; total: number } {
  const { stores } = useParley();
  return useStore(
    stores.rooms,
    useShallow(({ rooms }) => {
      const counts = [...rooms.values()].map(({ unread, membership }) =>
        membership.isMuted ? unread.mentions.seqs.size : unread.seqs.size,
      );
      return {
        rooms: counts.filter((count) => count > 0).length,
        total: counts.reduce((sum, count) => sum + count, 0),
      };
    }),
  );
}
