import type { Input, Output } from "@/lib/contract/index";
import type { Person } from "@/lib/contract/person";
import type { RoomEntry } from "@/lib/contract/room";
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
    /** Withdraws a draft and returns its text. */
    takeBack(id: string): string;
  };
  messages: {
    /** `basedOn` is `editedAt` of the version that was edited. */
    edit(messageId: string, body: string, basedOn: string | null): Promise<void>;
    delete(messageId: string): Promise<void>;
  };
  people: {
    /** Fetches those of them that are not known. */
    need(ids: readonly string[]): void;
    learn(people: readonly Person[]): void;
  };
  rooms: RoomActions;
  markRead(roomId: string, upToSeq: number): void;
  /** I am writing there. */
  signalTyping(roomId: string): void;
  /** Whether there was input within five minutes. */
  setActive(active: boolean): void;
  texts: Texts;
}

export interface RoomActions {
  join(roomId: string): Promise<RoomEntry>;
  leave(roomId: string): Promise<void>;
  create(input: Input<"room.create">): Promise<RoomEntry>;
  add(roomId: string, personIds: string[]): Promise<Output<"membership.add">>;
  remove(roomId: string, personId: string): Promise<Output<"membership.remove">>;
  /** `after` is the last person of the page before. */
  members(roomId: string, query?: string, after?: string): Promise<Output<"membership.list">>;
  /** `after` is the last room of the page before. */
  browse(query?: string, after?: string): Promise<Output<"room.list">>;
  findPeople(query: string): Promise<Output<"person.list">>;
}
