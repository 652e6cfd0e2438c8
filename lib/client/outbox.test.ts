import * as fakeIndexedDb from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message } from "@/lib/contract/message";
import { CallError, type CallErrorCode, offlineError } from "./call-error";
import type { Call } from "./http";
import { createOutbox, type OutboxChannel, type OutboxOptions } from "./outbox";
import { createBrowserStorage } from "./outbox-browser";
import { createMemoryStorage, type OutboxStorage } from "./outbox-storage";
import { createOutboxStore, isRoomUnknown, type OutboxEntry } from "./stores/outbox";

interface Sent {
  roomId: string;
  id: string;
  body: string;
}
type Server = (sent: Sent) => Promise<void>;

const refusal = (code: CallErrorCode, retryAfterMs?: number) =>
  new CallError({ code, message: `Refused: ${code}`, ...(retryAfterMs && { retryAfterMs }) });

/** A browser tab: what it shows, what reached the server, and how the server answers. */
function openTab(options: Partial<OutboxOptions> & { storage: OutboxStorage; sent?: Sent[] }) {
  const store = createOutboxStore();
  const tab = { answer: (async () => {}) as Server, open: async () => {}, opened: [] as string[] };
  const sent = options.sent ?? [];
  const call = (async (name: string, input: Sent & { personIds: string[] }) => {
    if (name === "direct.open") {
      await tab.open();
      const id = `room of ${input.personIds.toSorted().join(" and ")}`;
      tab.opened.push(id);
      return { room: { id } };
    }
    await tab.answer(input);
    sent.push(input);
    return { id: input.id, body: input.body } as Message;
  }) as unknown as Call;
  const outbox = createOutbox({
    personId: "me",
    call,
    random: () => 1,
    ...options,
    store,
  });
  const entries = () => store.getState().entries;
  return Object.assign(tab, { store, outbox, sent, entries, bodies: () => entries().map((entry) => entry.body) });
}

type Tab = ReturnType<typeof openTab>;

describe("sending", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const settle = () => vi.advanceTimersByTimeAsync(0);

  function start(answer?: Server) {
    const tab = openTab({ storage: createMemoryStorage() });
    if (answer) tab.answer = answer;
    tab.outbox.start();
    return tab;
  }

  it("shows the message at once, and drops the entry when the server has stored it", async () => {
    const tab = start();
    tab.outbox.send("room", "Hello");
    expect(tab.entries()).toMatchObject([{ body: "Hello", state: "waiting", personId: "me" }]);
    const id = tab.entries()[0]?.id;
    await settle();
    expect(tab.entries()).toEqual([]);
    expect(tab.sent).toEqual([{ roomId: "room", id, body: "Hello" }]);
  });

  it("keeps what a reply quotes, and returns it with the text", async () => {
    const tab = start(async () => Promise.reject(refusal("not_found")));
    tab.outbox.send("room", "Yes", { replyToId: "quoted" });
    await settle();
    const { id = "" } = tab.entries()[0] ?? {};
    tab.answer = async () => {};
    tab.outbox.retry(id);
    await settle();
    expect(tab.sent).toEqual([{ roomId: "room", id, body: "Yes", replyToId: "quoted" }]);
    tab.answer = async () => Promise.reject(refusal("not_found"));
    tab.outbox.send("room", "No", { replyToId: "quoted" });
    await settle();
    expect(tab.outbox.removeToEdit(tab.entries()[0]?.id ?? "")).toMatchObject({ body: "No", replyToId: "quoted" });
  });

  it("keeps the order of messages of one millisecond, and of one after the clock was set back, through a reload", async () => {
    const storage = createMemoryStorage();
    const tab = openTab({ storage });
    const bodies = ["1", "2", "3", "4", "5"];
    for (const body of bodies.slice(0, 4)) tab.outbox.send("room", body);
    vi.setSystemTime(Date.now() - 60_000);
    tab.outbox.send("room", "5");
    await settle();
    const reloaded = openTab({ storage });
    reloaded.outbox.start();
    await settle();
    expect(reloaded.sent.map(({ body }) => body)).toEqual(bodies);
  });

  it("keeps the order of messages written before and after a reload, though the clock was set back meanwhile", async () => {
    const storage = createMemoryStorage();
    openTab({ storage }).outbox.send("room", "1");
    await settle();
    vi.setSystemTime(Date.now() - 86_400_000);
    const offlineTab = openTab({ storage });
    offlineTab.answer = () => Promise.reject(offlineError());
    offlineTab.outbox.start();
    await settle();
    offlineTab.outbox.send("room", "2");
    await settle();
    offlineTab.outbox.stop();
    const reloaded = openTab({ storage });
    reloaded.outbox.start();
    await settle();
    expect(reloaded.sent.map(({ body }) => body)).toEqual(["1", "2"]);
  });

  it("sends one message per room at a time, in order, and rooms do not wait for each other", async () => {
    const waiting: (() => void)[] = [];
    const tab = start(({ roomId }) =>
      roomId === "slow" ? new Promise((done) => waiting.push(done)) : Promise.resolve(),
    );
    for (const body of ["1", "2", "3"]) tab.outbox.send("slow", body);
    tab.outbox.send("fast", "4");
    await settle();
    expect(tab.sent.map(({ body }) => body)).toEqual(["4"]);
    expect(waiting.length).toBe(1);
    for (let n = 0; n < 3; n++) {
      waiting.shift()?.();
      await settle();
    }
    expect(tab.sent.map(({ body }) => body)).toEqual(["4", "1", "2", "3"]);
  });

  it("retries with a back-off of up to 30 seconds while the server is unreachable", async () => {
    const tries: number[] = [];
    const begun = Date.now();
    const tab = start(async () => {
      tries.push(Date.now() - begun);
      throw offlineError();
    });
    tab.outbox.send("room", "Hello");
    await vi.advanceTimersByTimeAsync(100_000);
    const waits = tries.slice(1).map((at, n) => at - (tries[n] as number));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(tab.entries()).toMatchObject([{ state: "waiting" }]);
  });

  it("retries at once when the connection is back", async () => {
    const tab = start(async () => Promise.reject(offlineError()));
    tab.outbox.send("room", "Hello");
    await vi.advanceTimersByTimeAsync(100_000);
    tab.answer = async () => {};
    tab.outbox.sendAllNow();
    await settle();
    expect(tab.sent.length).toBe(1);
  });

  it("retries within a second if a request from before the connection was back fails afterwards", async () => {
    const tab = start(async () => Promise.reject(offlineError()));
    tab.outbox.send("room", "Hello");
    await vi.advanceTimersByTimeAsync(100_000);
    let fail = () => {};
    tab.answer = () => new Promise((_, reject) => (fail = () => reject(offlineError())));
    await vi.advanceTimersByTimeAsync(30_000);
    tab.outbox.sendAllNow();
    tab.answer = async () => {};
    fail();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tab.sent.length).toBe(1);
  });

  it("waits as long as the server says when it is busy, and keeps the order", async () => {
    const tab = start(async () => Promise.reject(refusal("rate_limited", 700)));
    tab.outbox.send("room", "1");
    tab.outbox.send("room", "2");
    await settle();
    tab.answer = async () => {};
    await vi.advanceTimersByTimeAsync(699);
    expect(tab.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(tab.sent.map(({ body }) => body)).toEqual(["1", "2"]);
  });

  it("sends nothing in any room before the server's retry time, even if messages are added or the connection returns", async () => {
    let asked = 0;
    const tab = start(async () => {
      asked++;
      throw refusal("rate_limited", 5_000);
    });
    tab.outbox.send("room", "1");
    await settle();
    expect(asked).toBe(1);
    tab.outbox.send("room", "2");
    tab.outbox.send("another", "3");
    tab.outbox.sendAllNow();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(asked).toBe(1);
    tab.answer = async () => {};
    await vi.advanceTimersByTimeAsync(2);
    expect(tab.sent.map(({ body }) => body).toSorted()).toEqual(["1", "2", "3"]);
  });

  it("marks a refused message with the reason and sends the next one", async () => {
    const tab = start(async ({ body }) => {
      if (body === "1") throw refusal("forbidden");
    });
    tab.outbox.send("room", "1");
    tab.outbox.send("room", "2");
    await settle();
    expect(tab.entries()).toMatchObject([{ body: "1", state: "failed", reason: "Refused: forbidden" }]);
    expect(tab.sent.map(({ body }) => body)).toEqual(["2"]);
  });

  it("tries five times if the server has an internal error", async () => {
    let tries = 0;
    const tab = start(async () => {
      tries++;
      throw refusal("internal");
    });
    tab.outbox.send("room", "Hello");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(tries).toBe(5);
    expect(tab.entries()).toMatchObject([{ state: "failed" }]);
  });

  it("opens the conversation with some people once the server can be reached, and sends all messages to them there", async () => {
    const tab = start();
    tab.open = async () => Promise.reject(offlineError());
    tab.outbox.sendToPeople(["bo", "cy"], "1");
    tab.outbox.sendToPeople(["cy", "bo"], "2");
    tab.outbox.sendToPeople(["dee"], "3");
    await vi.advanceTimersByTimeAsync(100_000);
    expect(tab.entries()).toMatchObject([
      { body: "1", state: "waiting", personIds: ["bo", "cy"] },
      { body: "2", state: "waiting" },
      { body: "3", state: "waiting" },
    ]);
    expect(tab.entries().map(isRoomUnknown)).toEqual([true, true, true]);
    tab.open = async () => {};
    tab.outbox.sendAllNow();
    await settle();
    expect(tab.opened.toSorted()).toEqual(["room of bo and cy", "room of dee"]);
    expect(tab.sent.map(({ roomId, body }) => `${body} in ${roomId}`).toSorted()).toEqual([
      "1 in room of bo and cy",
      "2 in room of bo and cy",
      "3 in room of dee",
    ]);
    expect(tab.entries()).toEqual([]);
  });

  it("moves a message to the room before it is sent there, so that it can be shown there", async () => {
    const tab = start(async () => Promise.reject(offlineError()));
    tab.outbox.sendToPeople(["bo"], "Hello");
    await settle();
    expect(tab.entries()).toMatchObject([{ roomId: "room of bo", state: "waiting" }]);
    expect(tab.entries()[0]).not.toHaveProperty("personIds");
    expect(tab.entries().map(isRoomUnknown)).toEqual([false]);
  });

  it("says why a conversation could not be opened, and opens it at a retry, with what was refused before", async () => {
    const tab = start();
    tab.open = async () => Promise.reject(refusal("forbidden"));
    tab.outbox.sendToPeople(["bo"], "1");
    tab.outbox.sendToPeople(["bo"], "2");
    await settle();
    expect(tab.entries()).toMatchObject([
      { state: "failed", reason: "Refused: forbidden" },
      { state: "failed", reason: "Refused: forbidden" },
    ]);
    tab.open = async () => {};
    tab.outbox.retry(tab.entries()[1]?.id ?? "");
    await settle();
    expect(tab.sent.map(({ body }) => body)).toEqual(["2"]);
    expect(tab.entries()).toMatchObject([{ body: "1", roomId: "room of bo", state: "failed" }]);
  });

  it("opens a conversation that was left before it sends there, once", async () => {
    const tab = start();
    tab.outbox.send("room of bo", "1", { personIds: ["bo"] });
    tab.outbox.send("room of bo", "2", { personIds: ["bo"] });
    await settle();
    expect(tab.opened).toEqual(["room of bo"]);
    expect(tab.sent.map(({ roomId, body }) => [roomId, body])).toEqual([
      ["room of bo", "1"],
      ["room of bo", "2"],
    ]);
  });

  it("waits with the messages of one conversation while too many are opened, and not with others", async () => {
    const tab = start();
    tab.open = async () => Promise.reject(refusal("rate_limited", 5_000));
    tab.outbox.sendToPeople(["bo"], "1");
    await settle();
    tab.outbox.send("room", "2");
    await settle();
    expect(tab.sent.map(({ body }) => body)).toEqual(["2"]);
    tab.open = async () => {};
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tab.sent.map(({ body }) => body)).toEqual(["2", "1"]);
  });

  it("can retry a failed message with the same id, discard it, or return its text to the composer", async () => {
    const tab = start(async () => Promise.reject(refusal("forbidden")));
    for (const body of ["retry", "discard", "take back"]) tab.outbox.send("room", body);
    await settle();
    const [retry, discard, takeBack] = tab.entries().map((entry) => entry.id) as [string, string, string];
    tab.answer = async () => {};
    tab.outbox.remove(discard);
    expect(tab.outbox.removeToEdit(takeBack)?.body).toBe("take back");
    tab.outbox.retry(retry);
    expect(tab.entries()).toMatchObject([{ id: retry, state: "waiting" }]);
    expect(tab.entries()[0]).not.toHaveProperty("reason");
    await settle();
    expect(tab.sent).toEqual([{ roomId: "room", id: retry, body: "retry" }]);
    expect(tab.entries()).toEqual([]);
  });

  it("does not resend a message that is in the log, even if its reply was lost", async () => {
    const storage = createMemoryStorage();
    const tab = openTab({ storage });
    tab.answer = async () => Promise.reject(offlineError());
    tab.outbox.start();
    tab.outbox.send("room", "Hello");
    await settle();
    tab.outbox.removeArrived([{ id: tab.entries()[0]?.id } as Message]);
    tab.answer = async () => {};
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tab.sent).toEqual([]);
    expect(await storage.list("me")).toEqual([]);
  });

  describe("the text of a draft, which another device may have sent, too,", () => {
    const draftId = "0190a0a0-0000-7000-8000-000000000001";
    /** A server that has a message with the draft's id. */
    const withMessage = (stored: Partial<Message>) => {
      const sent: Sent[] = [];
      const call = (async (_name: string, input: Sent) => {
        sent.push(input);
        return input.id === draftId ? { ...input, ...stored } : input;
      }) as unknown as Call;
      const tab = openTab({ storage: createMemoryStorage(), call });
      tab.outbox.start();
      return { ...tab, sent };
    };

    it("is not sent twice if it is the same text, also when half a surrogate pair was replaced", async () => {
      const tab = withMessage({ body: "Hello \ufffd" });
      tab.outbox.send("room", "Hello \ud83d", { draftId });
      await settle();
      expect([tab.sent.length, tab.entries()]).toEqual([1, []]);
    });

    it("becomes a message of its own if it is another text, and quotes what it quoted", async () => {
      const tab = withMessage({ body: "Hello" });
      tab.outbox.send("room", "Hello you", { draftId, replyToId: "quoted" });
      // Until it is sent, it is listed as waiting.
      let isGone = false;
      tab.store.subscribe(({ entries }) => void (isGone ||= entries.length === 0 && tab.sent.length < 2));
      // The other message arrives before the answer, in every tab.
      tab.outbox.removeArrived([{ id: draftId, body: "Hello" } as Message]);
      await settle();
      expect(tab.sent.map(({ body }) => body)).toEqual(["Hello you", "Hello you"]);
      expect(tab.sent[1]).toMatchObject({ replyToId: "quoted" });
      expect(tab.sent[1]?.id).not.toBe(draftId);
      expect([tab.entries(), isGone]).toEqual([[], false]);
    });

    it("keeps its id in a conversation that has to be opened first", async () => {
      const tab = openTab({ storage: createMemoryStorage() });
      tab.outbox.start();
      tab.outbox.send("room of bo", "Hello", { draftId, personIds: ["bo"] });
      await settle();
      expect(tab.opened).toEqual(["room of bo"]);
      expect(tab.sent).toEqual([{ roomId: "room of bo", id: draftId, body: "Hello" }]);
    });

    it("counts as sent if the message was edited since", async () => {
      const tab = withMessage({ body: "Hello all", editedAt: "later" });
      tab.outbox.send("room", "Hello", { draftId });
      await settle();
      expect([tab.sent.length, tab.entries()]).toEqual([1, []]);
    });

    it("gets another id if messages that wait have later ones, so that the order stays", () => {
      const tab = openTab({ storage: createMemoryStorage() });
      tab.outbox.send("room", "Earlier");
      tab.outbox.send("room", "Later", { draftId });
      expect(tab.bodies()).toEqual(["Earlier", "Later"]);
      const [earlier = "", later = ""] = tab.entries().map(({ id }) => id);
      expect(later > earlier).toBe(true);
    });
  });

  it("sends from memory when the browser stores nothing", async () => {
    const refuse = async () => Promise.reject(new Error("QuotaExceededError"));
    const tab = openTab({ storage: { list: refuse, get: refuse, put: refuse, remove: refuse } });
    tab.outbox.start();
    tab.outbox.send("room", "Hello");
    await settle();
    expect(tab.sent.map(({ body }) => body)).toEqual(["Hello"]);
    expect(tab.entries()).toEqual([]);
  });
});

describe("across reloads and tabs", () => {
  beforeEach(() => {
    for (const [name, part] of Object.entries(fakeIndexedDb)) vi.stubGlobal(name, part);
    vi.stubGlobal("indexedDB", new fakeIndexedDb.IDBFactory());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const unreachable: Server = async () => Promise.reject(offlineError());

  it("keeps unsent messages in order and sends them after a reload", async () => {
    const before = openTab({ storage: createBrowserStorage() });
    before.answer = unreachable;
    before.outbox.start();
    for (const body of ["1", "2", "3"]) before.outbox.send("room", body);
    const storage = createBrowserStorage();
    await vi.waitFor(async () => expect((await storage.list("me")).length).toBe(3));
    before.outbox.stop();

    const after = openTab({ storage });
    after.outbox.start();
    await vi.waitFor(() => expect(after.sent.map(({ body }) => body)).toEqual(["1", "2", "3"]));
    await vi.waitFor(async () => expect(await storage.list("me")).toEqual([]));
    after.outbox.stop();
  });

  it("keeps a first message to some people, and opens their conversation after a reload", async () => {
    const before = openTab({ storage: createBrowserStorage() });
    before.open = async () => Promise.reject(offlineError());
    before.outbox.start();
    before.outbox.sendToPeople(["bo"], "Hello");
    const storage = createBrowserStorage();
    await vi.waitFor(async () => expect((await storage.list("me")).length).toBe(1));
    before.outbox.stop();

    const after = openTab({ storage });
    after.outbox.start();
    await vi.waitFor(() => expect(after.sent).toMatchObject([{ roomId: "room of bo", body: "Hello" }]));
    await vi.waitFor(async () => expect(await storage.list("me")).toEqual([]));
    after.outbox.stop();
  });

  it("opens a conversation for the messages of two tabs, and sends each once", async () => {
    const { channels, lock } = browserOfTabs();
    const sent: Sent[] = [];
    const open = () => openTab({ storage: createBrowserStorage(), channel: channels(), withLock: lock, sent });
    const [one, two] = [open(), open()];
    for (const tab of [one, two]) {
      tab.open = async () => Promise.reject(offlineError());
      tab.outbox.start();
    }
    one.outbox.sendToPeople(["bo"], "1");
    await vi.waitFor(() => expect(two.bodies()).toEqual(["1"]));
    two.outbox.sendToPeople(["bo"], "2");
    await vi.waitFor(() => expect(one.bodies()).toEqual(["1", "2"]));
    for (const tab of [one, two]) tab.open = async () => {};
    one.outbox.sendAllNow();
    two.outbox.sendAllNow();
    await vi.waitFor(() => expect([...one.entries(), ...two.entries()]).toEqual([]));
    expect(sent.map(({ roomId, body }) => [roomId, body])).toEqual([
      ["room of bo", "1"],
      ["room of bo", "2"],
    ]);
    one.outbox.stop();
    two.outbox.stop();
  });

  it("never shows or sends messages of another account, and keeps them for that account", async () => {
    const storage = createBrowserStorage();
    const entry = { id: "1", personId: "somebody else", roomId: "room", body: "Secret", createdAt: 0 };
    await storage.put({ ...entry, state: "waiting" });
    const tab = openTab({ storage });
    tab.outbox.start();
    tab.outbox.send("room", "Mine");
    await vi.waitFor(() => expect(tab.sent.map(({ body }) => body)).toEqual(["Mine"]));
    expect(tab.entries()).toEqual([]);
    expect(await storage.list("somebody else")).toHaveLength(1);
    tab.outbox.stop();
  });

  it("shows unsent messages of other tabs, and sends each once", async () => {
    const { channels, lock } = browserOfTabs();
    const sent: Sent[] = [];
    const open = () => openTab({ storage: createBrowserStorage(), channel: channels(), withLock: lock, sent });
    const [one, two] = [open(), open()];
    one.answer = unreachable;
    two.answer = unreachable;
    one.outbox.start();
    two.outbox.start();
    one.outbox.send("room", "Hello");
    await vi.waitFor(() => expect(two.bodies()).toEqual(["Hello"]));

    one.answer = async () => {};
    two.answer = async () => {};
    one.outbox.sendAllNow();
    two.outbox.sendAllNow();
    await vi.waitFor(() => expect([...one.entries(), ...two.entries()]).toEqual([]));
    expect(sent.map(({ body }) => body)).toEqual(["Hello"]);
    one.outbox.stop();
    two.outbox.stop();
  });

  it("keeps a retry that could not be saved when another tab changes the storage", async () => {
    const memory = createMemoryStorage();
    let isFull = false;
    const storage = {
      ...memory,
      put: async (entry: Parameters<typeof memory.put>[0]) => {
        if (isFull) throw new Error("QuotaExceededError");
        await memory.put(entry);
      },
    };
    const { channels } = browserOfTabs();
    const tab = openTab({ storage, channel: channels() });
    tab.answer = async () => Promise.reject(refusal("forbidden"));
    tab.outbox.start();
    tab.outbox.send("room", "Hello");
    await vi.waitFor(() => expect(tab.entries()).toMatchObject([{ state: "failed" }]));

    isFull = true;
    tab.answer = () => new Promise(() => {});
    tab.outbox.retry(tab.entries()[0]?.id ?? "");
    const listed = vi.spyOn(storage, "list");
    channels().notify();
    await vi.waitFor(() => expect(listed).toHaveBeenCalled());
    await listed.mock.results[0]?.value;
    expect(tab.entries()).toMatchObject([{ body: "Hello", state: "waiting" }]);
    tab.outbox.stop();
  });

  it("sends what another tab was about to retry when it was closed", async () => {
    const { channels, lock } = browserOfTabs();
    const sent: Sent[] = [];
    const storage = createMemoryStorage();
    const [one, two] = [1, 2].map(() => openTab({ storage, channel: channels(), withLock: lock, sent })) as [Tab, Tab];
    one.answer = async () => Promise.reject(refusal("forbidden"));
    one.outbox.start();
    two.outbox.start();
    await settled();
    one.outbox.send("room", "Hello");
    await vi.waitFor(() => expect(two.entries()).toMatchObject([{ state: "failed" }]));
    vi.useFakeTimers();
    one.outbox.retry(one.entries()[0]?.id ?? "");
    one.outbox.stop();
    await vi.advanceTimersByTimeAsync(4_000);
    expect([two.entries(), sent]).toMatchObject([[{ state: "waiting" }], []]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([two.entries(), sent]).toMatchObject([[], [{ body: "Hello" }]]);
    two.outbox.stop();
  });

  /** A storage whose answers can be held back. What they contain is read when they are asked for. */
  function slowStorage() {
    const memory = createMemoryStorage();
    const held: (() => void)[] = [];
    const slow = { isHeld: false, held, release: () => held.splice(0).forEach((go) => go()) };
    const later = async <T>(answer: Promise<T>): Promise<T> => {
      if (slow.isHeld) await new Promise<void>((go) => held.push(go));
      return answer;
    };
    const storage = {
      ...memory,
      list: (personId: string) => later(memory.list(personId)),
      get: (id: string) => later(memory.get(id)),
    };
    return Object.assign(slow, { storage });
  }

  it("keeps a retry that was saved while the storage was read", async () => {
    const slow = slowStorage();
    const { channels } = browserOfTabs();
    const tab = openTab({ storage: slow.storage, channel: channels() });
    tab.answer = async () => Promise.reject(refusal("forbidden"));
    tab.outbox.start();
    tab.outbox.send("room", "Hello");
    await vi.waitFor(() => expect(tab.entries()).toMatchObject([{ state: "failed" }]));

    slow.isHeld = true;
    channels().notify();
    await vi.waitFor(() => expect(slow.held).toHaveLength(1));
    tab.answer = () => new Promise(() => {});
    tab.outbox.retry(tab.entries()[0]?.id ?? "");
    // The retry is saved, and reads the storage before it is sent.
    await vi.waitFor(() => expect(slow.held).toHaveLength(2));
    slow.isHeld = false;
    slow.release();
    await settled();
    expect(tab.entries()).toMatchObject([{ body: "Hello", state: "waiting" }]);
    tab.outbox.stop();
  });

  it("keeps a message that was written while the storage was read", async () => {
    const slow = slowStorage();
    slow.isHeld = true;
    const tab = openTab({ storage: slow.storage });
    tab.answer = unreachable;
    tab.outbox.start();
    tab.outbox.send("room", "Hello");
    await settled();
    expect(slow.held).toHaveLength(1);
    slow.isHeld = false;
    slow.release();
    await settled();
    expect(tab.entries()).toMatchObject([{ body: "Hello", state: "waiting" }]);
    tab.outbox.stop();
  });

  it("sends what an earlier page has stored before a message that was written while the storage was read", async () => {
    const slow = slowStorage();
    openTab({ storage: slow.storage, now: () => 1_000 }).outbox.send("room", "1");
    await settled();
    slow.isHeld = true;
    const tab = openTab({ storage: slow.storage, now: () => 2_000 });
    tab.outbox.start();
    tab.outbox.send("room", "2");
    await settled();
    slow.isHeld = false;
    slow.release();
    await settled();
    expect(tab.sent.map(({ body }) => body)).toEqual(["1", "2"]);
    tab.outbox.stop();
  });

  it("sends what is written although the storage does not answer", async () => {
    vi.useFakeTimers();
    const tab = openTab({ storage: { ...createMemoryStorage(), list: () => new Promise(() => {}) } });
    tab.outbox.start();
    tab.outbox.send("room", "Hello");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(tab.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(tab.sent).toMatchObject([{ body: "Hello" }]);
    tab.outbox.stop();
  });

  it("keeps a retry that is not saved yet when its failure is saved late", async () => {
    const memory = createMemoryStorage();
    const held: (() => void)[] = [];
    const storage = {
      ...memory,
      async put(entry: OutboxEntry) {
        if (entry.state === "failed" || held.length > 0) await new Promise<void>((go) => held.push(go));
        await memory.put(entry);
      },
    };
    const { channels } = browserOfTabs();
    const tab = openTab({ storage, channel: channels() });
    tab.answer = async () => Promise.reject(refusal("forbidden"));
    tab.outbox.start();
    tab.outbox.send("room", "Hello");
    await vi.waitFor(() => expect(tab.entries()).toMatchObject([{ state: "failed" }]));
    tab.answer = () => new Promise(() => {});
    tab.outbox.retry(tab.entries()[0]?.id ?? "");
    held[0]?.();
    await settled();
    channels().notify();
    await settled();
    expect(tab.entries()).toMatchObject([{ body: "Hello", state: "waiting" }]);
    tab.outbox.stop();
  });

  it("does not send what the server has refused in another tab meanwhile", async () => {
    const { channels, lock } = browserOfTabs();
    const sent: Sent[] = [];
    const storage = createMemoryStorage();
    let refuse = () => {};
    const refused = new Promise<void>((_, reject) => {
      refuse = () => reject(refusal("forbidden"));
    });
    const [one, two] = [1, 2].map(() => openTab({ storage, channel: channels(), withLock: lock, sent })) as [Tab, Tab];
    one.answer = () => refused;
    one.outbox.start();
    two.outbox.start();
    await settled();
    one.outbox.send("room", "Hello");
    await vi.waitFor(() => expect(two.bodies()).toEqual(["Hello"]));
    two.outbox.sendAllNow();
    refuse();
    await vi.waitFor(() => expect(one.entries()).toMatchObject([{ state: "failed" }]));
    // Wait until the other tab has also held the lock.
    await lock("parley-outbox-me-room", async () => {});
    expect(sent).toEqual([]);
    expect(two.entries()).toMatchObject([{ state: "failed", reason: "Refused: forbidden" }]);
    one.outbox.stop();
    two.outbox.stop();
  });
});

/** Resolves when everything that was under way in memory has ended. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** What the tabs of one browser share besides the storage: locks, and a channel that does not deliver to its sender. */
function browserOfTabs() {
  const subscribers = new Set<() => void>();
  const queues = new Map<string, Promise<void>>();
  return {
    channels(): OutboxChannel {
      let own: (() => void) | undefined;
      return {
        notify: () => [...subscribers].filter((each) => each !== own).forEach((changed) => changed()),
        subscribe(changed) {
          own = changed;
          subscribers.add(changed);
          return () => void subscribers.delete(changed);
        },
      };
    },
    lock(name: string, run: () => Promise<void>): Promise<void> {
      const turn = (queues.get(name) ?? Promise.resolve()).then(run);
      queues.set(name, turn);
      return turn;
    },
  };
}
