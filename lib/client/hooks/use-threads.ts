"use client";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { ThreadAbout, ThreadSummary } from "@/lib/contract/thread-summary";
import type { RoomState, ThreadState } from "../room-state";
import { isMuted, threadOf, unreadOf } from "../threads";
import { useParley } from "./use-parley";

/** The threads of a room that is previewed, by id. The store has only those of rooms that I am in. */
export const PreviewedThreads = createContext<ReadonlyMap<string, ThreadSummary>>(new Map());

/** The summary of a thread; null if there is none. */
export function useThreadSummary(roomId: string, threadId: string): ThreadSummary | null {
  const previewed = useContext(PreviewedThreads).get(threadId) ?? null;
  const { rooms: store } = useParley().stores;
  return useStore(store, ({ rooms }) => rooms.get(roomId)?.threads.get(threadId)?.summary ?? previewed);
}

/** How many replies of a thread are unread, at most 100. */
export function useUnreadReplies(roomId: string, threadId: string): number {
  return useStore(useParley().stores.rooms, ({ rooms }) => {
    const room = rooms.get(roomId);
    const thread = room?.threads.get(threadId);
    return room && thread ? unreadOf(thread, room).length : 0;
  });
}

/** How many of my threads that are not muted have unread replies. */
export function useUnreadThreads(): number {
  return useStore(useParley().stores.rooms, ({ rooms }) => {
    let count = 0;
    for (const room of rooms.values())
      for (const thread of room.threads.values())
        if (!isMuted(thread, room) && unreadOf(thread, room).length > 0) count++;
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

/** The threads that I follow: which have a title, and which are resolved, as a text that changes when one of these does. */
export function useThreadStates(): string {
  return useStore(useParley().stores.rooms, ({ rooms }) =>
    [...rooms.values()]
      .flatMap((room) => [...room.threads].flatMap(([id, thread]) => stateOf(id, thread) ?? []))
      .toSorted()
      .join(),
  );
}

function stateOf(id: string, { follow, about }: ThreadState): string | null {
  if (!follow?.isFollowed) return null;
  return [id, about?.title && "titled", about?.resolvedAt && "resolved"].filter(Boolean).join(" ");
}

/** What is said of a thread; null if nothing is. */
export function useThreadAbout(roomId: string, threadId: string): ThreadAbout | null {
  const previewed = useContext(PreviewedThreads).get(threadId)?.about ?? null;
  const { rooms: store } = useParley().stores;
  return useStore(store, ({ rooms }) => rooms.get(roomId)?.threads.get(threadId)?.about ?? previewed);
}

/** Whether I do not want to be told of a thread. */
export function useIsThreadMuted(roomId: string, threadId: string): boolean {
  return useStore(useParley().stores.rooms, ({ rooms }) => {
    const room = rooms.get(roomId);
    return room !== undefined && isMuted(threadOf(room, threadId), room);
  });
}

/** The threads of a room that stand under it in the sidebar: those that I follow and that have a title, unless they are resolved. */
function titledThreads(room: RoomState | undefined): string[] {
  const titled: string[] = [];
  for (const [id, { follow, about }] of room?.threads ?? [])
    if (follow?.isFollowed && about?.title && !about.resolvedAt) titled.push(id);
  return titled.toSorted();
}

export function useTitledThreadIds(roomId: string): string[] {
  return useStore(
    useParley().stores.rooms,
    useShallow(({ rooms }) => titledThreads(rooms.get(roomId))),
  );
}
