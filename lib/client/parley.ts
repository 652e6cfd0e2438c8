import type { Home } from "@/lib/contract/home";
import type { CallError } from "./call-error";
import type { Call, Fetch } from "./http";
import type { LazyDrafts } from "./lazy-drafts";
import type { LookUps, LookUpsOptions } from "./look-ups";
import type { Names } from "./names";
import type { OutboxOptions } from "./outbox";
import type { OutboxStorage } from "./outbox-storage";
import type { ConnectionStore } from "./stores/connection";
import type { ListsStore } from "./stores/lists";
import type { OutboxEntry, OutboxStore, Reply } from "./stores/outbox";
import type { PeopleStore } from "./stores/people";
import type { PresenceStore } from "./stores/presence";
import type { RoomsStore } from "./stores/rooms";
import type { TextsStore } from "./stores/texts";
import type { TypingStore } from "./stores/typing";
import type { Texts, TextStorage } from "./texts";

export interface Stores {
  connection: ConnectionStore;
  rooms: RoomsStore;
  lists: ListsStore;
  people: PeopleStore;
  presence: PresenceStore;
  typing: TypingStore;
  outbox: OutboxStore;
  texts: TextsStore;
}

interface SendOptions {
  /** Whether the text is that of the composer of the room or thread. Then other devices drop their draft of it. */
  isDraft?: boolean;
  /** A message of the room to quote. */
  replyToId?: string | undefined;
  /** The thread in which it is a reply. */
  reply?: Reply | undefined;
}

/** Moves my read position in one thread. */
export interface ThreadReading {
  markRead(upToSeq: number): void;
  /** Marks the thread as unread from a reply on. Returns a function that takes it back. Rejects with a `CallError`. */
  markUnread(fromSeq: number): Promise<() => void>;
  /** Sends what the server has not confirmed now. */
  sendNow(): void;
  stop(): void;
}

/** One person's running client: its stores and functions. */
export interface Parley {
  stores: Stores;
  /** Calls an operation and applies its answer to the stores, as `answers.ts` declares. */
  call: Call;
  /** Connects, and reconnects when the connection is lost. Can be started again after `stop`. */
  start(): void;
  stop(): void;
  /** Connects, checks the connection and sends unsent messages now instead of after the back-off. */
  retryNow(): void;
  log: {
    /**
     * Call when a room appears on the screen, at a place (a message's `seq`) or at its end. Loads its messages. Call the returned
     * function when the room leaves the screen.
     */
    open(roomId: string, place?: number): () => void;
    /** Call when the person has scrolled to another place in the room. With `keepWhole`, all shown messages stay shown. */
    lookAt(roomId: string, place: number, keepWhole: boolean): void;
    /** Shows another place of the room, or its end. */
    jump(roomId: string, place?: number): Promise<void>;
    /** The place of a message, or null if the message does not exist. */
    find(roomId: string, messageId: string): Promise<number | null>;
    /** Shows more messages on the older side, or on the newer side. */
    loadOlder(roomId: string): Promise<void>;
    loadNewer(roomId: string): Promise<void>;
    /** Loads again after an error. */
    retry(roomId: string): void;
    /** Why the messages could not be loaded. */
    errorOf(roomId: string): CallError | null;
  };
  outbox: {
    send(roomId: string, body: string, options?: SendOptions): void;
    /** Sends to the conversation with these people. If there is none, it is created once the server can be reached. */
    sendToPeople(personIds: readonly string[], body: string): void;
    retry(id: string): void;
    remove(id: string): void;
    /** Removes an entry and returns it: the person edits it in the composer. */
    removeToEdit(id: string): OutboxEntry | null;
  };
  /** The messages that quotes and links name. `create` is called at the first use, because few pages need its code. */
  lookUps(create: (options: LookUpsOptions) => LookUps): LookUps;
  /** Fetches those of these people who are not in the store. */
  loadMissingPeople(personIds: readonly string[]): void;
  /** The names of everyone, for finders. Rejects if its code cannot be fetched. */
  names(): Promise<Names>;
  markRead(roomId: string, upToSeq: number): void;
  /** Marks everything in these rooms as read. */
  markAllRead(roomIds: readonly string[]): void;
  /** Marks a room as unread from the message at `fromSeq` on, on all devices. Rejects with a `CallError`. */
  markUnread(roomId: string, fromSeq: number): Promise<void>;
  /** My read position in a thread. `create` is called at the first use, because few pages need its code. */
  threadReading(threadId: string, create: () => ThreadReading): ThreadReading;
  /** Sends the other people in the room a signal that I am typing there, or in a thread. */
  signalTyping(roomId: string, threadId?: string): void;
  /** Sends the server whether there was any input in the last five minutes. */
  setActive(active: boolean): void;
  /** Whether there was any input in the last five minutes. */
  isActive(): boolean;
  texts: Texts;
  drafts: Omit<LazyDrafts, "start" | "stop" | "onWrite" | "onMessages" | "take" | "retry">;
}

export interface ParleyOptions {
  /** The home that the page was rendered with, or the result of `fetchHome`. */
  home: Home;
  /** The page's build. If empty, any server build is accepted. */
  version: string;
  /** The server's origin. By default the page's own origin, which exists only in a browser. */
  baseUrl?: string;
  fetch: Fetch;
  /** Headers of the socket's handshake. A browser sends the cookie and origin itself; other programs set them here. */
  headers?: Record<string, string>;
  /** Where the outbox keeps unsent messages. */
  storage: OutboxStorage;
  withLock?: OutboxOptions["withLock"];
  channel?: OutboxOptions["channel"];
  /** Where unsent text is kept across reloads. */
  texts?: TextStorage;
  now?: () => number;
  random?: () => number;
}
