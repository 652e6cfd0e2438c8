import type { CallError } from "./call-error";
import type { Call } from "./http";
import type { ConnectionStore } from "./stores/connection";
import type { OutboxStore } from "./stores/outbox";
import type { PeopleStore } from "./stores/people";
import type { PresenceStore } from "./stores/presence";
import type { RoomsStore } from "./stores/rooms";
import type { TextsStore } from "./stores/texts";
import type { TypingStore } from "./stores/typing";
import type { Texts } from "./texts";

export interface Stores {
  connection: ConnectionStore;
  rooms: RoomsStore;
  people: PeopleStore;
  presence: PresenceStore;
  typing: TypingStore;
  outbox: OutboxStore;
  texts: TextsStore;
}

/** One person's running client: what it knows, and what it can be asked to do. */
export interface Parley {
  stores: Stores;
  /** Calls an operation and applies its answer to the stores, as `answers.ts` declares. */
  call: Call;
  /** Connects and keeps connected. May be started again after `stop`. */
  start(): void;
  stop(): void;
  /** Tries now instead of when the back-off says: to connect, to see whether the connection lives, to send. */
  retryNow(): void;
  log: {
    /** Somebody looks at this room: loads its newest messages. Returns what to do when they look away. */
    open(roomId: string): () => void;
    loadBefore(roomId: string): Promise<void>;
    /** Loads again what failed to load. */
    retry(roomId: string): void;
    /** Why the newest messages could not be loaded. */
    errorOf(roomId: string): CallError | null;
  };
  outbox: {
    send(roomId: string, body: string): void;
    retry(id: string): void;
    discard(id: string): void;
    /** Withdraws an entry and returns its text. */
    takeBack(id: string): string;
  };
  /** Fetches the people among them that are not loaded. */
  needPeople(personIds: readonly string[]): void;
  markRead(roomId: string, upToSeq: number): void;
  /** I am writing there. */
  signalTyping(roomId: string): void;
  /** Whether there was input within five minutes. */
  setActive(active: boolean): void;
  texts: Texts;
}
