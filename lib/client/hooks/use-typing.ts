"use client";
import { useCallback, useEffect } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Person } from "@/lib/contract/person";
import { useParley } from "./use-parley";

/** Who else is typing in this room. */
export function useTyping(roomId: string): Person[] {
  const { stores, loadMissingPeople } = useParley();
  const ids = useStore(
    stores.typing,
    useShallow(({ rooms }) => [...(rooms.get(roomId)?.keys() ?? [])]),
  );
  useEffect(() => loadMissingPeople(ids), [loadMissingPeople, ids]);
  return useStore(
    stores.people,
    useShallow((state) => ids.flatMap((id) => state.people.get(id) ?? [])),
  );
}

/** Returns a function to call on every key. It sends a signal to the room at most every three seconds. */
export function useTypingSignal(roomId: string): () => void {
  const { signalTyping } = useParley();
  return useCallback(() => signalTyping(roomId), [signalTyping, roomId]);
}
