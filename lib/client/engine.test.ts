import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import { createParley } from "./engine";
import { createMemoryStorage } from "./outbox-storage";

type Acknowledge = (error: Error | null, answer?: unknown) => void;

/** The network: what the client's socket hears, and what its requests get. */
const network = vi.hoisted(() => ({
  listeners: new Map<string, (given?: unknown) => void>(),
  /** Whether WebSockets get through. */
  hasSockets: true,
  isConnected: false,
  requests: [] as { name: string; acknowledge: Acknowledge }[],
}));
vi.mock("socket.io-client", () => ({
  io: () => ({
    on: (name: string, listener: () => void) => network.listeners.set(name, listener),
    connect() {
      network.isConnected = network.hasSockets;
      if (network.hasSockets) {
        hear("connect");
        hear("ready", { epoch: "e", version: "" });
      } else hear("connect_error", new Error("websocket error"));
    },
    disconnect: () => {},
    get connected() {
      return network.isConnected;
    },
    timeout: () => ({
      emit: (name: string, _input: unknown, acknowledge: Acknowledge) =>
        void network.requests.push({ name, acknowledge }),
    }),
  }),
}));
const hear = (name: string, given?: unknown) => setTimeout(() => network.listeners.get(name)?.(given), 10);
function cut(): void {
  network.isConnected = false;
  network.hasSockets = false;
  hear("disconnect");
  for (const { acknowledge } of network.requests.splice(0)) acknowledge(new Error("socket has been disconnected"));
}
/** Answers the requests that were made over the socket. */
async function answerAll(): Promise<void> {
  for (const { name, acknowledge } of network.requests.splice(0))
    acknowledge(null, { ok: true, data: name === "sync" ? unanswered : {} });
  await vi.advanceTimersByTimeAsync(0);
}

const home = {
  me: { id: "me", name: "Me", tick: 0 },
  organization: { handle: "acme", tick: 0 },
  clock: 1,
  organizationClock: 0,
  epoch: "e",
  rooms: [],
  people: [],
  invites: [],
} as unknown as Home;
const unanswered = { epoch: "e", home: null, me: null, organization: null, rooms: {}, later: [], people: [] };

function open() {
  const syncedAt: number[] = [];
  const parley = createParley({
    home,
    version: "",
    baseUrl: "http://server",
    storage: createMemoryStorage(),
    fetch: async (url) => {
      if (url.endsWith("/sync")) syncedAt.push(performance.now());
      return Response.json({ ok: true, data: url.endsWith("/sync") ? unanswered : {} });
    },
  });
  parley.start();
  return { parley, syncedAt, state: () => parley.stores.connection.getState() };
}

/** Code that is fetched when it is needed must be there: fake timers do not wait for it. */
beforeEach(async () => {
  await Promise.all([import("./socket"), import("./http-request"), import("./drafts")]);
  vi.useFakeTimers();
  Object.assign(network, { hasSockets: true, isConnected: false, requests: [] });
});
afterEach(() => void vi.useRealTimers());

it("polls over HTTP when WebSockets are blocked after one has worked, and stops when they work again", async () => {
  const { parley, syncedAt, state } = open();
  await vi.advanceTimersByTimeAsync(1_000);
  await answerAll();
  expect([state().status, syncedAt]).toEqual(["online", []]);
  cut();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([state().status, syncedAt.length]).toEqual(["offline", 0]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(syncedAt.length).toBeGreaterThanOrEqual(4);
  expect(state()).toMatchObject({ status: "online", caughtUp: true });
  network.hasSockets = true;
  await vi.advanceTimersByTimeAsync(6_000);
  const polls = syncedAt.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([state().status, syncedAt.length]).toEqual(["online", polls]);
  parley.stop();
});

it("polls at once when WebSockets were blocked from the beginning", async () => {
  network.hasSockets = false;
  const { parley, syncedAt, state } = open();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([state().status, syncedAt.length]).toEqual(["online", 1]);
  parley.stop();
});

it("does not poll when a connection that worked is back within ten seconds", async () => {
  const { parley, syncedAt } = open();
  await vi.advanceTimersByTimeAsync(1_000);
  await answerAll();
  cut();
  await vi.advanceTimersByTimeAsync(3_000);
  network.hasSockets = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(syncedAt).toEqual([]);
  parley.stop();
});

it("knows only the people of the new home after a restore from a backup", async () => {
  const person = (id: string, name: string, tick: number) => ({ id, name, tick });
  const people = [person("ann", "Ann", 9), person("bob", "Bob", 3)];
  const restored = { ...home, epoch: "restored", me: person("me", "Me", 0), people: [person("ann", "Annie", 2)] };
  const parley = createParley({
    home: { ...home, people } as unknown as Home,
    version: "",
    baseUrl: "http://server",
    storage: createMemoryStorage(),
    fetch: async () => Response.json({ ok: true, data: { ...unanswered, epoch: "restored", home: restored } }),
  });
  const names = () => [...parley.stores.people.getState().people.values()].map(({ name }) => name);
  network.hasSockets = false;
  parley.start();
  expect(names()).toEqual(["Ann", "Bob", "Me"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(names()).toEqual(["Annie", "Me"]);
  parley.stop();
});
