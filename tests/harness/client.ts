// Runs the real client in Node: what a browser tab runs, without the interface.
import type { StoreApi } from "zustand/vanilla";
import { createParley, fetchHome } from "@/lib/client/engine";
import type { Fetch } from "@/lib/client/http";
import { createMemoryStorage, type OutboxStorage } from "@/lib/client/outbox-storage";
import type { Parley } from "@/lib/client/parley";
import { newestMessages } from "@/lib/client/ranges";
import type { RoomState } from "@/lib/client/room-state";
import type { Message } from "@/lib/contract/message";
import type { KeptMessage } from "@/lib/client/rows";
import { data, type Login, withHeaders } from "./login";
import { within } from "./server";

/**
 * Opens a tab and waits until it is online. `baseUrl` is the server's address or that of a proxy in front of it; `storage` is what
 * the tabs of one browser share.
 */
export async function openTab(
  login: Login,
  baseUrl: string = login.url,
  storage: OutboxStorage = createMemoryStorage(),
): Promise<Parley> {
  const headers = { cookie: login.cookie, origin: login.url };
  const asBrowser: Fetch = (url, init) => fetch(url, withHeaders(init, headers));
  const home = await fetchHome({ baseUrl, fetch: asBrowser, organization: login.organization ?? null });
  const tab = createParley({
    home,
    version: "",
    baseUrl,
    fetch: asBrowser,
    headers,
    storage,
  });
  tab.start();
  await until(tab.stores.connection, "the connection", ({ status }) => status === "online");
  return tab;
}

/** Waits until the state of a store fulfils a condition. */
export function until<T>(
  store: StoreApi<T>,
  what: string | (() => string),
  isSo: (state: T) => boolean,
  ms = 20_000,
): Promise<void> {
  let stop = () => {};
  const became = new Promise<void>((resolve) => {
    const look = (state: T) => {
      if (isSo(state)) resolve();
    };
    stop = store.subscribe(look);
    look(store.getState());
  });
  return within(ms, became, () => `Waited in vain for ${typeof what === "string" ? what : what()}.`).finally(stop);
}

/** Scrolls an open room up to its first message. */
export async function scrollToStart(tab: Parley, roomId: string): Promise<void> {
  const reached = () => tab.stores.rooms.getState().rooms.get(roomId)?.window?.from;
  for (let before: number | undefined; reached() !== 0; before = reached()) {
    if (reached() === before) throw new Error(`Room ${roomId} cannot be scrolled up beyond ${before}.`);
    await tab.log.loadOlder(roomId);
  }
}

/** The messages of a room that a tab holds up to the log's end. */
export const newestIn = (room: RoomState | undefined): readonly Message[] => newestMessages(room?.ranges ?? []);

/** A message without the emoji that nobody reacts with any more. */
export function asShown({ reactions = [], reactionsClock: _, ...message }: KeptMessage): Message {
  const shown = reactions.filter(({ count }) => count > 0);
  return shown.length > 0 ? { ...message, reactions: shown } : message;
}

/** What a tab shows of its rooms, in the same form as `serverView`. */
export function tabView(tab: Parley) {
  const { clock, epoch, rooms } = tab.stores.rooms.getState();
  const shown = [...rooms.values()].map(({ roomId, room, membership, clock: at, unread, lastMessage, ranges }) => {
    const inOrder = (seqs: ReadonlySet<number>) => [...seqs].toSorted((a, b) => a - b);
    const counted = { unread: inOrder(unread.seqs), mentions: inOrder(unread.mentions.seqs) };
    const state = { room, membership, clock: at, ...counted };
    // The sidebar shows no reactions, and not whether a message is for me.
    const { reactions: _, isForMe: __, ...last } = lastMessage ?? {};
    const shownLast = lastMessage && (last as Message);
    return [roomId, { ...state, lastMessage: shownLast, messages: newestMessages(ranges).map(asShown) }] as const;
  });
  return { clock, epoch, rooms: Object.fromEntries(shown.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/** The same state, fetched from the server. */
export async function serverView(login: Login): Promise<ReturnType<typeof tabView>> {
  const { clock, epoch, rooms } = data(await login.rest("home.show", {}));
  const fetched = rooms.map(async ({ room, membership, clock: at, unread, mentions, lastMessage }) => {
    const messages = await wholeLog(login, room.id);
    return [room.id, { room, membership, clock: at, unread, mentions, lastMessage, messages }] as const;
  });
  const entries = await Promise.all(fetched);
  return { clock, epoch, rooms: Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Every message of a room, page by page. */
export async function wholeLog(login: Login, roomId: string): Promise<Message[]> {
  const messages: Message[] = [];
  for (let before: number | undefined; ; before = messages[0]?.seq) {
    const page = data(await login.rest("message.list", { roomId, limit: 100, before }));
    messages.unshift(...page.messages);
    if (!page.before) return messages;
  }
}

/** The clocks of a person and of their rooms, as text. */
function clocksOf(me: number, rooms: ReadonlyMap<string, { clock: number }>): string {
  return `${me}, ${[...rooms]
    .map(([id, { clock }]) => `${id}: ${clock}`)
    .toSorted()
    .join(", ")}`;
}

/** Adds to `durations`, in milliseconds, how long the tab was offline, each time it no longer is. */
export function recordOffline({ stores }: Parley, durations: number[]): void {
  let began = 0;
  stores.connection.subscribe(({ status }, { status: before }) => {
    if (status === "offline" && before !== "offline") began = performance.now();
    if (status !== "offline" && before === "offline") durations.push(performance.now() - began);
  });
}

/** Waits until a tab has the clocks that the server has now. */
export async function caughtUp(tab: Parley, login: Login): Promise<void> {
  const home = data(await login.rest("home.show", {}));
  const target = clocksOf(home.clock, new Map(home.rooms.map((entry) => [entry.room.id, entry])));
  const shown = () => clocksOf(tab.stores.rooms.getState().clock, tab.stores.rooms.getState().rooms);
  await until(
    tab.stores.rooms,
    () => `the clocks ${target}; it shows ${shown()}`,
    () => shown() === target,
  );
}
