import { putRoom } from "./catch-up";
import { createLogs, type LogSource } from "./logs";
import type { Parley } from "./parley";
import type { RoomState, ThreadLog } from "./room-state";
import type { RoomsState } from "./stores/rooms";
import { putThread, threadOf } from "./threads";

const notLoaded: ThreadLog = { ranges: [], window: null, loadState: "notLoaded", pendingPages: [] };

/** A room as one of its threads sees it: with the messages of the thread instead of its own. */
export function roomAsThread(room: RoomState, threadId: string): RoomState {
  return { ...room, ...(threadOf(room, threadId).log ?? notLoaded) };
}

/** Changes the loaded messages of a thread like those of a room. */
export function changeThread(room: RoomState, threadId: string, change: (thread: RoomState) => RoomState): RoomState {
  const before = roomAsThread(room, threadId);
  const after = change(before);
  if (after === before) return room;
  const { ranges, window, loadState, pendingPages } = after;
  return putThread(room, threadId, { log: { ranges, window, loadState, pendingPages } });
}

function sourceOf(roomId: string, threadId: string): LogSource {
  const get = (state: RoomsState) => {
    const room = state.rooms.get(roomId);
    return room && roomAsThread(room, threadId);
  };
  return {
    get,
    all(state) {
      const thread = get(state);
      return thread ? [thread] : [];
    },
    change(state, _, change) {
      const room = state.rooms.get(roomId);
      return room ? putRoom(state, changeThread(room, threadId, change)) : state;
    },
    has: (_, message) => message.threadId === threadId,
    input: () => ({ roomId, threadId }),
  };
}

/**
 * Loads the messages of one thread, as `createLogs` does those of rooms. Call `start` when the thread appears on the screen, and the
 * returned function when it leaves. Then its messages are dropped.
 */
export function createThreadLog({ stores, call }: Pick<Parley, "stores" | "call">, roomId: string, threadId: string) {
  const logs = createLogs({ store: stores.rooms, call, source: sourceOf(roomId, threadId) });
  return {
    log: logs,
    start(place?: number): () => void {
      const close = logs.open(threadId, place);
      const unsubscribe = stores.rooms.subscribe(logs.loadAndTrim);
      return () => {
        unsubscribe();
        close();
        logs.stop();
        stores.rooms.setState((state) => {
          const room = state.rooms.get(roomId);
          return room ? putRoom(state, putThread(room, threadId, { log: null, first: undefined })) : state;
        });
      };
    },
  };
}
