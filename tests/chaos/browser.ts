// The parts of a browser that its tabs share: a session, storage, locks, and a channel that announces storage changes.
import type { OutboxChannel } from "@/lib/client/outbox";
import type { TextStorage } from "@/lib/client/texts";
import { createMemoryStorage, type OutboxStorage } from "@/lib/client/outbox-storage";
import { loginOf } from "../harness/login";
import type { Teammate, Team } from "./world";

export interface Browser {
  name: string;
  person: Teammate;
  team: Team;
  sessionId: string;
  loginId: string;
  cookie: string;
  /** The same browser in the other organization of its account. Its pages share the login, the storage and the locks. */
  sibling: Browser | null;
  storage: OutboxStorage;
  /** What `localStorage` has. */
  texts: Map<string, string>;
  /** Is called in the other pages when one changes a text. */
  textHub: Set<{ changed: (key: string) => void; owner: object }>;
  /** The error of its clock, in milliseconds. */
  clockOff: number;
  hub: Set<{ changed: () => void; owner: object }>;
  locks: Map<string, Promise<void>>;
  /** Which page holds each lock, and since when by `performance.now()`. */
  lockHolders: Map<string, { tab: string; since: number }>;
}

export async function openBrowser(
  name: string,
  { team, person, sibling = null }: { team: Team; person: Teammate; sibling?: Browser | null | undefined },
  url: string,
): Promise<Browser> {
  const browser: Browser = {
    name,
    person,
    team,
    sessionId: "",
    loginId: "",
    cookie: "",
    sibling,
    storage: sibling?.storage ?? createMemoryStorage(),
    texts: new Map(),
    textHub: new Set(),
    clockOff: 0,
    hub: new Set(),
    locks: sibling?.locks ?? new Map(),
    lockHolders: sibling?.lockHolders ?? new Map(),
  };
  if (sibling) {
    sibling.sibling = browser;
    await takeLogin(browser, sibling.loginId, url);
  } else await signIn(browser, url);
  return browser;
}

/** Signs in with an unused login, in both organizations of the account. Resolves to false if there is none left. */
export async function signIn(browser: Browser, url: string): Promise<boolean> {
  const loginId = browser.person.spareSessions.at(-1)?.loginId;
  if (loginId === undefined) return false;
  for (const each of [browser, browser.sibling]) if (each) await takeLogin(each, loginId, url);
  return true;
}

/** Takes the person's session of this login, unless they can't sign in any more. */
async function takeLogin(browser: Browser, loginId: string, url: string): Promise<void> {
  const { spareSessions, accountId } = browser.person;
  const at = spareSessions.findIndex((spare) => spare.loginId === loginId);
  const [spare] = at < 0 ? [] : spareSessions.splice(at, 1);
  if (!spare) return;
  const { cookie } = await loginOf({ url }, { sessionId: loginId, accountId });
  Object.assign(browser, { sessionId: spare.sessionId, loginId, cookie });
}

/** The sessions of a browser's login: its own, and the one in the other organization. */
export const sessionsOf = ({ sessionId, loginId, sibling }: Browser): string[] => [
  sessionId,
  ...(sibling?.loginId === loginId ? [sibling.sessionId] : []),
];

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
  const tell = (key: string) => {
    for (const { changed, owner } of browser.textHub) if (owner !== life) setImmediate(() => changed(key));
  };
  const texts: TextStorage = {
    getItem: (key) => browser.texts.get(key) ?? null,
    setItem(key, text) {
      if (life.over || browser.texts.get(key) === text) return;
      browser.texts.set(key, text);
      tell(key);
    },
    removeItem(key) {
      if (!life.over && browser.texts.delete(key)) tell(key);
    },
    keys: () => [...browser.texts.keys()],
  };
  return { storage, withLock, channel, texts };
}
