import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Call } from "./http";
import { allMessages } from "./ranges";
import type { LookedUp, MessagesStore } from "./stores/messages";
import type { RoomsStore } from "./stores/rooms";

/** Messages that are needed within this time are looked up in one batch. */
const batchMs = 20;
/** How long until a message that was looked up is looked up again, when something shows it anew. */
const freshMs = 60_000;

/** Looks up the messages that quotes and links name, and keeps them up to date. */
export function createLookUps(options: { store: MessagesStore; rooms: RoomsStore; call: Call; now: () => number }) {
  const { store, rooms, call, now } = options;
  const askedAt = new Map<string, number>();
  let batch: Set<string> | null = null;

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
    askedAt.set(id, now());
    if (!batch) setTimeout(() => void fetchBatch(), batchMs);
    batch ??= new Set();
    batch.add(id);
  }
  async function fetchBatch(): Promise<void> {
    const ids = [...(batch ?? [])];
    batch = null;
    for (let at = 0; at < ids.length; at += limits.lookUp) {
      const messageIds = ids.slice(at, at + limits.lookUp);
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
      } catch {
        for (const id of messageIds) askedAt.delete(id);
      }
    }
  }
  const held = () => [...store.getState().found];

  return {
    /** Looks up these messages, unless they are held and fresh. Those that a room of mine has loaded need no request. */
    load(ids: readonly string[], roomId: string | null = null): void {
      const room = roomId === null ? undefined : rooms.getState().rooms.get(roomId);
      for (const id of ids) {
        if (now() - (askedAt.get(id) ?? Number.NEGATIVE_INFINITY) < freshMs) continue;
        const message = room && allMessages(room.ranges).find((each) => each.id === id);
        if (!message) ask(id);
        else {
          askedAt.set(id, now());
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
    reload(roomId: string): void {
      for (const [id, known] of held()) if (known?.message.roomId === roomId) ask(id);
    },
  };
}
