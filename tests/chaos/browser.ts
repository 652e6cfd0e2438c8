// The parts of a browser that its tabs share: a session, storage, locks, and a channel that announces storage changes.
import type { OutboxChannel } from "@/lib/client/outbox";
import { createMemoryStorage, type OutboxStorage } from "@/lib/client/outbox-storage";
import { loginOf } from "../harness/login";
import type { Teammate, Team } from "./world";

export interface Browser {
  name: string;
  person: Teammate;
  team: Team;
  sessionId: string;
  cookie: string;
  storage: OutboxStorage;
  /** The error of its clock, in milliseconds. */
  clockOff: number;
  hub: Set<{ changed: () => void; owner: object }>;
  locks: Map<string, Promise<void>>;
  /** Which page holds each lock, and since when by `performance.now()`. */
  lockHolders: Map<string, { tab: string; since: number }>;
}

export async function openBrowser(name: string, team: Team, person: Teammate, url: string): Promise<Browser> {
  const browser: Browser = {
    name,
    person,
    team,
    sessionId: "",
    cookie: "",
    storage: createMemoryStorage(),
    clockOff: 0,
    hub: new Set(),
    locks: new Map(),
    lockHolders: new Map(),
  };
  await signIn(browser, url);
  return browser;
}

/** Signs in with an unused session. Resolves to false if there is none left. */
export async function signIn(browser: Browser, url: string): Promise<boolean> {
  const sessionId = browser.person.spareSessions.pop();
  if (!sessionId) return false;
  browser.sessionId = sessionId;
  browser.cookie = (await loginOf({ url }, { sessionId })).cookie;
  return true;
}

/** One page's view of its browser. After the page ends, none of its pending operations continues. */
export function pageOf(browser: Browser, tab: string, life: { over: boolean; ended: Promise<void> }) {
  const never = () => new Promise<never>(() => {});
  const alive = <T>(work: () => Promise<T>): Promise<T> => (life.over ? never() : work());
  const storage: OutboxStorage = {
    list: (personId) => alive(() => browser.storage.list(personId)),
    get: (id) => alive(() => browser.storage.get(id)),
    put: (entry) => alive(() => browser.storage.put(entry)),
    remove: (id) => alive(() => browser.storage.remove(id)),
  };
  const withLock = async (name: string, run: () => Promise<void>): Promise<void> => {
    const before = browser.locks.get(name) ?? Promise.resolve();
    const held = before.then(() => {
      if (life.over) return;
      browser.lockHolders.set(name, { tab, since: performance.now() });
      return Promise.race([run(), life.ended]);
    });
    const free = held.catch(() => {}).then(() => void browser.lockHolders.delete(name));
    browser.locks.set(name, free);
    await held;
  };
  const channel: OutboxChannel = {
    notify() {
      for (const { changed, owner } of browser.hub) if (owner !== life) setImmediate(changed);
    },
    subscribe(changed) {
      const listener = { changed: () => void (life.over || changed()), owner: life };
      browser.hub.add(listener);
      return () => browser.hub.delete(listener);
    },
  };
  return { storage, withLock, channel };
}
