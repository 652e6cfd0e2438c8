import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import { type ReloadablePage, reloadWhenQuiet } from "./reload";
import { createStores } from "./stores/all";
import { createTexts, type TextStorage } from "./texts";

const minute = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open({ storage = inMemory(), random = 0 }: { storage?: TextStorage; random?: number } = {}) {
  const stores = createStores({ me: { id: "me" }, rooms: [], people: [] } as unknown as Home);
  const texts = createTexts({ store: stores.texts, personId: "me", storage });
  const state = { unattendedSince: null as number | null, inUse: false, lastReload: 0, reloads: 0 };
  const page: ReloadablePage = {
    unattendedSince: () => state.unattendedSince,
    losesOnReload: () => state.inUse,
    sinceReload: () => Date.now() - state.lastReload,
    reload: () => void state.reloads++,
  };
  const end = reloadWhenQuiet({ stores, texts }, page, Date.now, () => random);
  stores.connection.setState({ status: "online" });
  return {
    stores,
    texts,
    state,
    end,
    newVersion: () => stores.connection.setState({ newVersion: true }),
    leave: () => void (state.unattendedSince = Date.now()),
  };
}

function inMemory(): TextStorage {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

const entry = { id: "d", personId: "me", roomId: "r", body: "Hello", createdAt: 0, state: "waiting" } as const;

it("reloads the page after it was hidden for a minute, if there is a new version", () => {
  const tab = open();
  tab.leave();
  vi.advanceTimersByTime(10 * minute);
  expect(tab.state.reloads).toBe(0);
  tab.newVersion();
  vi.advanceTimersByTime(1);
  expect(tab.state.reloads).toBe(1);
});

it("waits while the page is visible, and for a minute after", () => {
  const tab = open();
  tab.newVersion();
  vi.advanceTimersByTime(10 * minute);
  expect(tab.state.reloads).toBe(0);
  tab.leave();
  vi.advanceTimersByTime(minute - 1);
  expect(tab.state.reloads).toBe(0);
  vi.advanceTimersByTime(minute);
  expect(tab.state.reloads).toBe(1);
});

it.each<[string, (tab: ReturnType<typeof open>) => () => void]>([
  [
    "a message waits to be sent",
    ({ stores }) => {
      stores.outbox.setState({ entries: [entry] });
      return () => stores.outbox.setState({ entries: [] });
    },
  ],
  [
    "a message was refused and waits for its writer",
    ({ stores }) => {
      stores.outbox.setState({ entries: [{ ...entry, state: "failed" }] });
      return () => stores.outbox.setState({ entries: [] });
    },
  ],
  [
    "an edit is on its way",
    ({ stores }) => {
      stores.outbox.setState({ edits: new Map([["m", "Mended"]]) });
      return () => stores.outbox.setState({ edits: new Map() });
    },
  ],
  [
    "a field holds what is kept nowhere",
    ({ state }) => {
      state.inUse = true;
      return () => (state.inUse = false);
    },
  ],
  [
    "there is no connection, so that the new page would not come",
    ({ stores }) => {
      stores.connection.setState({ status: "offline" });
      return () => stores.connection.setState({ status: "online" });
    },
  ],
  [
    "it has done so within ten minutes",
    ({ state }) => {
      state.lastReload = Date.now();
      return () => (state.lastReload = 0);
    },
  ],
])("waits while %s", (_, hold) => {
  const tab = open();
  const release = hold(tab);
  tab.newVersion();
  tab.leave();
  vi.advanceTimersByTime(5 * minute);
  expect(tab.state.reloads).toBe(0);
  release();
  vi.advanceTimersByTime(minute);
  expect(tab.state.reloads).toBe(1);
});

it("does not wait for a text in the composer, which survives a reload", () => {
  const tab = open();
  tab.texts.write("r", "Half a sentence");
  tab.newVersion();
  tab.leave();
  vi.advanceTimersByTime(2 * minute);
  expect(tab.state.reloads).toBe(1);
});

it("never reloads while the browser cannot store the composer's text", () => {
  const refuse = () => {
    throw new Error("QuotaExceededError");
  };
  const tab = open({ storage: { ...inMemory(), setItem: refuse } });
  tab.texts.write("r", "Half a sentence");
  tab.newVersion();
  tab.leave();
  vi.advanceTimersByTime(10 * minute);
  expect(tab.state.reloads).toBe(0);
  tab.texts.write("r", "");
  vi.advanceTimersByTime(minute);
  expect(tab.state.reloads).toBe(1);
});

it("checks on its own timer, and no more after it was stopped", () => {
  const late = open({ random: 0.9 });
  late.newVersion();
  late.state.unattendedSince = Date.now() - minute;
  vi.advanceTimersByTime(26_000);
  expect(late.state.reloads).toBe(0);
  late.end();
  vi.advanceTimersByTime(10 * minute);
  expect(late.state.reloads).toBe(0);
});
