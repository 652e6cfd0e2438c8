import { createStore } from "zustand/vanilla";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { backOff } from "./back-off";
import { toCallError } from "./call-error";
import type { Call } from "./http";
import { allMessages } from "./ranges";
import type { RoomsState, RoomsStore } from "./stores/rooms";

/** Messages that are needed within this time are looked up in one batch. */
const batchMs = 20;
/** How long until a message that was looked up is looked up again, when something shows it anew. */
const freshMs = 60_000;

/** A message that a quote or a link names. `roomName` is null for a direct room. */
export interface LookedUp {
  message: Message;
  roomName: string | null;
}

/** By message id. Null: I can't see it, or it does not exist. */
type State = { found: ReadonlyMap<string, LookedUp | null> };

export type LookUpsOptions = { rooms: RoomsStore; call: Call };

/** Looks up the messages that quotes and links name, and keeps them up to date. */
export function createLookUps({ rooms, call }: LookUpsOptions) {
  const store = createStore<State>(() => ({ found: new Map() }));
  /** When each message was last looked up. */
  const askedAt = new Map<string, number>();
  const wantedIds = new Set<string>();
  const delay = backOff({ firstMs: 1_000, maxMs: 15_000 });
  let isFetching = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function put(changes: Iterable<[string, LookedUp | null]>): void {
    const found = new Map(store.getState().found);
    for (const [id, next] of changes) {
      // Of two states, the newer one counts.
      if (next && (found.get(id)?.message.changedSeq ?? 0) > next.message.changedSeq) continue;
      found.set(id, next);
    }
    store.setState({ found });
  }
  function ask(id: string): void {
    askedAt.set(id, performance.now());
    wantedIds.add(id);
    fetchWithin(batchMs);
  }
  function fetchWithin(ms: number): void {
    if (isFetching || wantedIds.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void fetchWanted(), ms);
  }
  async function fetchWanted(): Promise<void> {
    isFetching = true;
    let waitMs = batchMs;
    const messageIds = [...wantedIds].slice(0, limits.lookUp);
    for (const id of messageIds) wantedIds.delete(id);
    try {
      const answer = await call("message.lookUp", { messageIds });
      const names = new Map(answer.rooms.map(({ id, name }) => [id, name]));
      const messages = new Map(answer.messages.map((message) => [message.id, message]));
      put(
        messageIds.map((id) => {
          const message = messages.get(id);
          return [id, message ? { message, roomName: names.get(message.roomId) ?? null } : null];
        }),
      );
      delay.reset();
    } catch (thrown) {
      const { code, retryAfterMs } = toCallError(thrown);
      // The same request would be refused again.
      if (code === "invalid_input") put(messageIds.map((id) => [id, null]));
      else for (const id of messageIds) wantedIds.add(id);
      waitMs = retryAfterMs ?? delay.next();
    }
    isFetching = false;
    fetchWithin(waitMs);
  }

  /** Looks up again what is held of a room; null: what I couldn't see. */
  function reload(roomId: string | null): void {
    for (const [id, known] of store.getState().found) if ((known?.message.roomId ?? null) === roomId) ask(id);
  }
  /** The database was restored from a backup, and the ticks began again. */
  function reloadAll(): void {
    const ids = [...store.getState().found.keys()];
    store.setState({ found: new Map() });
    ids.forEach(ask);
  }
  /** What I can see changes with the rooms that I am in. Of a room that I was not in, I received no changes. */
  function onRooms({ rooms: mine, epoch }: RoomsState, { rooms: before, epoch: epochBefore }: RoomsState): void {
    if (mine === before) return;
    if (epoch !== epochBefore) return reloadAll();
    const joined = [...mine.keys()].filter((id) => !before.has(id));
    const left = [...before.keys()].filter((id) => !mine.has(id));
    for (const id of [...joined, ...left]) reload(id);
    if (joined.length > 0) reload(null);
  }
  const unsubscribe = rooms.subscribe(onRooms);

  return {
    store,
    /** Looks up these messages, unless they are held and fresh. Those that a room of mine has loaded need no request. */
    load(ids: readonly string[], roomId: string | null = null): void {
      const room = roomId === null ? undefined : rooms.getState().rooms.get(roomId);
      for (const id of ids) {
        if (performance.now() - (askedAt.get(id) ?? Number.NEGATIVE_INFINITY) < freshMs) continue;
        const message = room && allMessages(room.ranges).find((each) => each.id === id);
        if (!message) ask(id);
        else {
          askedAt.set(id, performance.now());
          put([[id, { message, roomName: room.room.name }]]);
        }
      }
    },
    /** Call for every message that the server has stored. Those that are held change with it. */
    receive(messages: readonly Message[]): void {
      const { found } = store.getState();
      const changed = messages.flatMap((message): [string, LookedUp][] => {
        const known = found.get(message.id);
        return known && message.changedSeq > known.message.changedSeq ? [[message.id, { ...known, message }]] : [];
      });
      if (changed.length > 0) put(changed);
    },
    /** Call when changes of a room were missed. */
    reload,
    /** Retries a failed request at once. Call after connecting. */
    retryNow: () => fetchWithin(0),
    stop(): void {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
export type LookUps = ReturnType<typeof createLookUps>;
