import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Draft } from "@/lib/contract/draft";
import type { Home } from "@/lib/contract/home";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { CallError } from "./call-error";
import { parseOthers } from "./draft-copies";
import { putDraft } from "./draft-state";
import type { Call } from "./http";
import { createLazyDrafts } from "./lazy-drafts";
import { createRoomsStore } from "./stores/rooms";
import { createTextsStore } from "./stores/texts";
import { createTexts } from "./texts";

const roomId = "0190a0a0-0000-7000-8000-000000000001";
const epoch = "one";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What the server does with drafts: one person, one room. */
function createServer() {
  let clock = 1;
  let stored: Draft | null = null;
  const sentBodies = new Map<string, string>();
  /** Every text that was stored. */
  const history: string[] = [];
  const current = (): Draft => {
    const none = { roomId, id: "none", text: "", isWhole: true, updatedAt: "", tick: 0 };
    return stored ? { ...stored, ...(sentBodies.has(stored.id) && { text: "" }) } : none;
  };
  const startOf = (draft: Draft): Draft => {
    const text = draft.text.slice(0, limits.preview);
    return { ...draft, text, isWhole: text === draft.text };
  };
  return {
    current,
    startOf,
    history,
    clock: () => clock,
    write(id: string, wanted: string, baseTick: number): { draft: Draft; isNew: boolean } {
      const now = current();
      if (sentBodies.has(id) && now.id !== id) return { draft: startOf(now), isNew: false };
      const text = sentBodies.has(id) ? "" : wanted;
      const isSame = text === "" ? !stored?.text : text === now.text && id === now.id;
      if (isSame) return { draft: startOf(now), isNew: false };
      if (now.text !== "" && now.tick !== baseTick) throw new CallError({ code: "conflict", message: "" });
      stored = { roomId, id, text, isWhole: true, updatedAt: "", tick: ++clock };
      if (text) history.push(text);
      return { draft: startOf(stored), isNew: true };
    },
    send(id: string, body: string): Message {
      if (!sentBodies.has(id)) sentBodies.set(id, body);
      return { id, roomId, authorId: "me", kind: "person", body: sentBodies.get(id) ?? "" } as Message;
    },
    bodies: () => [...sentBodies.values()],
  };
}
type Server = ReturnType<typeof createServer>;

interface Heard {
  drafts: { stop(): void };
  events: (Draft | Message)[];
  hear(): void;
}
const devices: Heard[] = [];
afterEach(() => {
  for (const device of devices.splice(0)) device.drafts.stop();
});

/** A tab. `stored` is what the tabs of its browser share. */
function createDevice(server: Server, stored = new Map<string, string>()) {
  const home = { me: { id: "me" }, clock: server.clock(), epoch, rooms: [], people: [], invites: [] };
  const now = server.current();
  const store = createRoomsStore({ ...home, drafts: now.text ? [server.startOf(now)] : [] } as unknown as Home);
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => void stored.set(key, text),
    removeItem: (key: string) => void stored.delete(key),
    keys: () => [...stored.keys()],
  };
  let isOnline = true;
  const requests: string[] = [];
  const events: (Draft | Message)[] = [];
  const call = (async (name: string, input: { id: string; text: string; baseTick: number }) => {
    requests.push(name);
    if (!isOnline) throw new CallError({ code: "offline", message: "" });
    if (name === "draft.show") return apply(server.current());
    const { draft, isNew } = server.write(input.id, input.text, input.baseTick);
    if (isNew) for (const each of devices) each.events.push(draft);
    return apply(draft);
  }) as unknown as Call;
  const apply = (draft: Draft) => {
    store.setState((state) => putDraft(state, draft));
    return draft;
  };
  const texts = createTexts({
    store: createTextsStore(),
    personId: "me",
    storage,
    onWrite: (place) => drafts.onWrite(place),
  });
  const options = { store, texts, call, lastCall: call, written: new Set<string>(), openRooms: new Set<string>() };
  const drafts = createLazyDrafts(options);
  const device = {
    texts,
    drafts,
    store,
    stored,
    requests,
    events,
    text: () => texts.read(roomId),
    type: (text: string) => texts.write(roomId, text),
    others: () => parseOthers(texts.read(`others.${roomId}`)),
    listed: () => store.getState().drafts.get(roomId)?.text ?? "",
    setOnline(online: boolean) {
      isOnline = online;
      if (online) {
        device.hear();
        drafts.retry();
      }
    },
    isOnline: () => isOnline,
    /** Receives what was announced meanwhile. */
    hear() {
      if (!isOnline) return;
      for (const event of events.splice(0)) {
        if ("body" in event) drafts.onMessages([event]);
        else apply(event);
      }
      store.setState({ clock: server.clock() });
    },
    /** Sends the text of the composer. */
    send() {
      const body = device.text();
      const id = drafts.take(roomId) ?? `other ${body}`;
      texts.write(roomId, "");
      const message = server.send(id, body);
      for (const each of devices) each.events.push(message);
    },
  };
  drafts.start();
  devices.push(device);
  return device;
}

/** Lets time and everything that is under way pass, and delivers all events. */
async function pass(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 5; turn++) {
    for (const device of devices) device.hear();
    await vi.advanceTimersByTimeAsync(0);
  }
}
async function twoDevices() {
  const server = createServer();
  const [desk, phone] = [createDevice(server), createDevice(server)];
  for (const device of [desk, phone]) device.drafts.open(roomId);
  await pass();
  await desk.drafts.load();
  await phone.drafts.load();
  return { server, desk, phone };
}

it("A text is saved two seconds after the last key, every ten seconds while somebody types, and at once when the page is hidden", async () => {
  const { server, desk, phone } = await twoDevices();
  desk.type("H");
  await pass(1_900);
  expect(server.current().text).toBe("");
  desk.type("Ha");
  await pass(1_900);
  expect(server.current().text).toBe("");
  await pass(100);
  expect(server.current().text).toBe("Ha");
  expect(phone.text()).toBe("Ha");
  for (let key = 0; key < 9; key++) {
    desk.type(`${desk.text()}!`);
    await pass(1_000);
  }
  expect(server.current().text).toBe("Ha");
  desk.type(`${desk.text()}?`);
  await pass(1_000);
  expect(server.current().text).toBe("Ha!!!!!!!!!?");
  desk.type("Away");
  await desk.drafts.save(true);
  expect(server.current().text).toBe("Away");
});

it("A short text that is sent at once causes no request", async () => {
  const { desk } = await twoDevices();
  desk.type("Hi");
  desk.send();
  await pass(20_000);
  expect(desk.requests).toEqual([]);
});

it("A text that goes on on another device is that of both, and sending it removes it from both", async () => {
  const { server, desk, phone } = await twoDevices();
  desk.type("From the desk");
  await pass(2_000);
  phone.type("From the desk to the phone");
  await pass(2_000);
  expect([desk.text(), phone.text()]).toEqual(["From the desk to the phone", "From the desk to the phone"]);
  expect([...desk.others(), ...phone.others()]).toEqual([]);
  desk.send();
  await pass(2_000);
  expect([desk.text(), phone.text(), server.current().text]).toEqual(["", "", ""]);
  expect([desk.listed(), phone.listed()]).toEqual(["", ""]);
});

it("What is being typed stays, the other version is offered, and the two can be exchanged", async () => {
  const { server, desk, phone } = await twoDevices();
  phone.setOnline(false);
  desk.type("From the desk");
  await pass(2_000);
  phone.type("From the phone");
  await pass(2_000);
  phone.setOnline(true);
  await pass(2_000);
  expect(phone.text()).toBe("From the phone");
  expect(phone.others()).toEqual(["From the desk"]);
  expect(server.current().text, "the later edit wins").toBe("From the phone");
  expect(desk.text()).toBe("From the phone");
  (await phone.drafts.load()).takeOther(roomId, "From the desk");
  await pass(2_000);
  expect([phone.text(), desk.text()]).toEqual(["From the desk", "From the desk"]);
  expect(phone.others()).toEqual(["From the phone"]);
  (await phone.drafts.load()).dropOther(roomId, "From the phone");
  expect(phone.others()).toEqual([]);
});

it("Of two devices that save at the same moment, each keeps what is typed there", async () => {
  const { desk, phone } = await twoDevices();
  desk.type("From the desk");
  phone.type("From the phone");
  await Promise.all([desk.drafts.save(), phone.drafts.save()]);
  expect([desk.text(), phone.text()]).toEqual(["From the desk", "From the phone"]);
  expect(phone.others()).toEqual(["From the desk"]);
});

it("A draft that is longer than its beginning is fetched when its room is open, and is not when it is not", async () => {
  const server = createServer();
  const [desk, phone] = [createDevice(server), createDevice(server)];
  await pass();
  const text = "Long ".repeat(500);
  desk.type(text);
  await pass(2_000);
  expect(phone.listed()).toHaveLength(limits.preview);
  expect([phone.text(), phone.requests]).toEqual(["", []]);
  const close = phone.drafts.open(roomId);
  await pass();
  expect(phone.text()).toBe(text);
  close();
  desk.type("Short");
  await pass(2_000);
  phone.drafts.open(roomId);
  await pass();
  expect(phone.text()).toBe("Short");
});

it("A text that was not saved is saved after a reload, and one that was sent elsewhere meanwhile is gone", async () => {
  const server = createServer();
  const desk = createDevice(server);
  await pass();
  desk.type("Before the crash");
  desk.drafts.stop();
  devices.splice(0);
  const again = createDevice(server, desk.stored);
  await pass(2_000);
  expect(server.current().text).toBe("Before the crash");
  again.drafts.stop();
  devices.splice(0);
  server.send(server.current().id, "Before the crash");
  server.write("0190a0a0-0000-7000-8000-00000000000f", "", server.current().tick);
  const last = createDevice(server, desk.stored);
  await pass(2_000);
  expect([last.text(), server.current().text]).toEqual(["", ""]);
});

it("A text that was kept before there were drafts becomes one", async () => {
  const server = createServer();
  createDevice(server, new Map([[`parley.text.me.${roomId}`, "From the previous version"]]));
  await pass(2_000);
  expect(server.current().text).toBe("From the previous version");
});

it("After a restore from a backup, what a browser has is saved again", async () => {
  const server = createServer();
  const copy = { id: "0190a0a0-0000-7000-8000-00000000000a", tick: 90, isSaved: true, isTyped: true, epoch: "before" };
  const kept = [
    ["parley.text.me." + roomId, "Typed after the backup"],
    [`parley.text.me.draft.${roomId}`, JSON.stringify(copy)],
  ] as const;
  createDevice(server, new Map(kept));
  await pass(2_000);
  expect(server.current().text).toBe("Typed after the backup");
});

it("What was typed here and differs from the message that another device sent stays, as a draft of its own", async () => {
  const { server, desk, phone } = await twoDevices();
  desk.type("Shall we meet");
  await pass(2_000);
  phone.setOnline(false);
  phone.type("Shall we meet at noon");
  desk.send();
  await pass(2_000);
  phone.setOnline(true);
  await pass(4_000);
  expect(phone.text()).toBe("Shall we meet at noon");
  expect(server.current().text).toBe("Shall we meet at noon");
  expect(desk.text()).toBe("Shall we meet at noon");
});

it("A deleted draft comes back with Undo, and deleting needs the server", async () => {
  const { server, desk, phone } = await twoDevices();
  const text = "Long ".repeat(500);
  desk.type(text);
  await pass(2_000);
  phone.setOnline(false);
  await expect((await phone.drafts.load()).remove(roomId)).rejects.toMatchObject({ code: "offline" });
  expect(phone.text()).toBe(text);
  phone.setOnline(true);
  const undo = await (await phone.drafts.load()).remove(roomId);
  await pass();
  expect([server.current().text, desk.text(), phone.text()]).toEqual(["", "", ""]);
  undo();
  await pass(2_000);
  expect([server.current().text, desk.text()]).toEqual([text, text]);
});

type Step =
  | { do: "type" | "send" | "hear" | "leave" | "return" | "save" | "other" | "reload"; on: 0 | 1 }
  | { do: "wait"; on: 0 | 1; ms: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom("type", "type", "type", "send", "hear", "leave", "return", "save", "other", "reload"),
      on: fc.constantFrom(0, 1),
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("wait"),
      on: fc.constant(0),
      ms: fc.constantFrom(100, 1_000, 2_500, 12_000),
    }) as fc.Arbitrary<Step>,
  },
);

it("Whatever two devices do, and whenever they hear of each other, they end with one text, and none that was typed is lost", {
  timeout: 60_000,
}, async () => {
  const run = async (steps: Step[]) => {
    const server = createServer();
    let pair = [createDevice(server), createDevice(server)];
    for (const device of pair) device.drafts.open(roomId);
    await Promise.all(pair.map(({ drafts }) => drafts.load()));
    let count = 0;
    /** Each text that was typed over another one, which its author saw. */
    const typedOver = new Set<string>();
    const typed: string[] = [];
    for (const now of steps) {
      const device = pair[now.on] as (typeof pair)[number];
      if (now.do === "type") {
        typedOver.add(device.text());
        const text = `<${++count}>`;
        typed.push(text);
        device.type(text);
      } else if (now.do === "send" && device.text() && device.isOnline()) device.send();
      else if (now.do === "hear") device.hear();
      else if (now.do === "leave") device.setOnline(false);
      else if (now.do === "return") device.setOnline(true);
      else if (now.do === "save") void device.drafts.save();
      else if (now.do === "other" && device.others()[0])
        (await device.drafts.load()).takeOther(roomId, device.others()[0] ?? "");
      else if (now.do === "reload") {
        device.drafts.stop();
        devices.splice(devices.indexOf(device), 1);
        const next = createDevice(server, device.stored);
        next.setOnline(device.isOnline());
        next.drafts.open(roomId);
        await next.drafts.load();
        pair = pair.with(now.on, next);
      } else if (now.do === "wait") await vi.advanceTimersByTimeAsync(now.ms);
      await vi.advanceTimersByTimeAsync(0);
    }
    for (const device of pair) device.setOnline(true);
    await pass(40_000);
    await pass(40_000);
    const [one, other] = pair as [(typeof pair)[number], (typeof pair)[number]];
    const ends = [one.text(), other.text(), server.current().text];
    const kept = new Set([...ends, ...one.others(), ...other.others(), ...server.bodies(), ...typedOver]);
    const lost = typed.filter((text) => !kept.has(text));
    for (const device of devices.splice(0)) device.drafts.stop();
    expect({ ends: new Set(ends).size, lost }).toEqual({ ends: 1, lost: [] });
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), run), { numRuns: 400 });
});
