"use client";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { createAutoRead } from "../auto-read";
import { isLooking, watchLooking } from "../looking";
import { createThreadLog } from "../thread-log";
import { createThreadReading } from "../thread-reading";
import { firstUnreadOf, threadOf, unreadAfter, unreadOf } from "../threads";
import { type Log, useLogPart } from "./use-log";
import { useDivider } from "./use-new-after";
import { useParley } from "./use-parley";

const end = Number.POSITIVE_INFINITY;

/** What is known of a thread in a room that I am in; undefined if I am in it no longer. */
export function useThread(roomId: string, threadId: string) {
  return useStore(useParley().stores.rooms, ({ rooms }) => {
    const room = rooms.get(roomId);
    return room && threadOf(room, threadId);
  });
}

/** The log of a thread. Its messages are loaded while the component is mounted. Give the component a key: the thread must not change. */
export function useThreadLog(roomId: string, threadId: string): Log {
  const parley = useParley();
  const [client] = useState(() => createThreadLog(parley, roomId, threadId));
  useEffect(() => client.start(), [client]);
  const state = useStore(
    parley.stores.rooms,
    ({ rooms }) => rooms.get(roomId)?.threads.get(threadId)?.log ?? undefined,
  );
  const room = useStore(parley.stores.rooms, ({ rooms }) => rooms.get(roomId));
  const { entries } = useStore(parley.stores.outbox);
  const unsent = useMemo(() => entries.filter(({ reply }) => reply?.threadId === threadId), [entries, threadId]);
  const thread = room && threadOf(room, threadId);
  const newAfter = useDivider(threadId, {
    lastReadSeq: thread?.follow?.isFollowed ? unreadAfter(thread.follow) : 0,
    hasUnread: room !== undefined && thread !== undefined && unreadOf(thread, room).length > 0,
  });
  return useLogPart(threadId, { log: client.log, state, unsent, newAfter, firstPlace: end });
}

/** Marks replies as read, like `useAutoRead` does messages of a room. */
export function useThreadReading(roomId: string, threadId: string) {
  const parley = useParley();
  const reading = useMemo(
    () => parley.threadReading(threadId, () => createThreadReading(parley, roomId, threadId)),
    [parley, roomId, threadId],
  );
  const autoRead = useMemo(
    () =>
      createAutoRead({
        isLooking,
        markRead: reading.markRead,
        firstUnread: () => firstUnreadOf(parley.stores.rooms.getState().rooms.get(roomId), threadId),
      }),
    [reading, parley, roomId, threadId],
  );
  useEffect(() => {
    const { rooms } = parley.stores;
    const lastReadSeq = () => {
      const room = rooms.getState().rooms.get(roomId);
      const follow = room && threadOf(room, threadId).follow;
      return follow ? unreadAfter(follow) : 0;
    };
    autoRead.setReadPosition(lastReadSeq());
    const unwatchLooking = watchLooking(autoRead.check);
    const unsubscribe = rooms.subscribe(() => autoRead.setReadPosition(lastReadSeq()));
    return () => {
      unwatchLooking();
      unsubscribe();
      autoRead.stop();
    };
  }, [autoRead, parley, roomId, threadId]);
  return { setVisible: autoRead.setVisible, markUnread: reading.markUnread };
}
