"use client";
import { useCallback, useEffect } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Person } from "@/lib/contract/person";
import { useBlocked } from "./use-blocked";
import { useParley } from "./use-parley";

/** Who else is typing in this room, or in the thread with this first message, without people whom I block. */
export function useTyping(place: string): Person[] {
  const { stores, loadMissingPeople } = useParley();
  const { ids: blockedIds } = useBlocked();
  const ids = useStore(
    stores.typing,
    useShallow(({ rooms }) => [...(rooms.get(place)?.keys() ?? [])].filter((id) => !blockedIds.has(id))),
  );
  useEffect(() => loadMissingPeople(ids), [loadMissingPeople, ids]);
  return useStore(
    stores.people,
    useShallow((state) => ids.flatMap((id) => state.people.get(id) ?? [])),
  );
}

/** Returns a function to call on every key. It sends a signal to the room, or to a thread of it, at most every three seconds. */
export function useTypingSignal(roomId: string, threadId?: string): () => void {
  const { signalTyping } = useParley();
  return useCallback(() => signalTyping(roomId, threadId), [signalTyping, roomId, threadId]);
}
