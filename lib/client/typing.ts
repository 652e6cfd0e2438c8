import type { TypingEvent } from "@/lib/contract/events";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Call } from "./http";
import type { RoomsStore } from "./stores/rooms";
import type { TypingStore } from "./stores/typing";

const typingShownMs = 6_000;
const signalEveryMs = 3_000;

/** Tracks who is typing in which room. Nothing here is stored or retried. */
export function createTyping({ store, rooms, call }: { store: TypingStore; rooms: RoomsStore; call: Call }) {
  const lastSignalAt = new Map<string, number>();
  const meId = () => rooms.getState().me.id;

  function change(roomId: string, update: (typing: Map<string, number>) => void): void {
    const typing = new Map(store.getState().rooms.get(roomId));
    update(typing);
    const typingByRoom = new Map(store.getState().rooms);
    if (typing.size > 0) typingByRoom.set(roomId, typing);
    else typingByRoom.delete(roomId);
    store.setState({ rooms: typingByRoom });
  }
  function removeExpired(roomId: string): void {
    change(roomId, (typing) => {
      for (const [personId, until] of typing) if (until <= performance.now()) typing.delete(personId);
    });
  }

  return {
    receive({ roomId, threadId, personId }: TypingEvent): void {
      if (personId === meId()) return;
      const place = threadId ?? roomId;
      change(place, (typing) => typing.set(personId, performance.now() + typingShownMs));
      setTimeout(() => removeExpired(place), typingShownMs + 10);
    },
    /** Removes the authors of messages that arrived: they have stopped typing. */
    removeAuthors(roomId: string, messages: readonly Message[]): void {
      const typing = store.getState().rooms.get(roomId);
      if (!typing) return;
      const authorIds = messages.flatMap(({ authorId, editedAt }) =>
        authorId && !editedAt && typing.has(authorId) ? [authorId] : [],
      );
      if (authorIds.length > 0) change(roomId, (typingNow) => authorIds.forEach((id) => typingNow.delete(id)));
    },
    /** Call when the connection is lost: events about people who stop typing would be missed. */
    clear: () => store.setState({ rooms: new Map() }),
    /** Call when I type in the composer. Sends a signal to the room, at most every three seconds. */
    signal(roomId: string, threadId?: string): void {
      const memberCount = rooms.getState().rooms.get(roomId)?.room.memberCount ?? 0;
      if (memberCount > limits.typingMembers || memberCount < 2) return;
      const [place, now] = [threadId ?? roomId, performance.now()];
      if (now - (lastSignalAt.get(place) ?? Number.NEGATIVE_INFINITY) < signalEveryMs) return;
      lastSignalAt.set(place, now);
      call("room.type", { roomId, ...(threadId && { threadId }) }).catch(() => {});
    },
    /** Call when I sent a message. The next key then sends a signal immediately. */
    onMessageSent: (place: string) => void lastSignalAt.delete(place),
  };
}
