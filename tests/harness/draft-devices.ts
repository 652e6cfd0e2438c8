// Two devices of a person who type in one room, with the real code for drafts, and a server and a network that the test controls.
import { vi } from "vitest";
import type { Draft } from "@/lib/contract/draft";
import type { Home } from "@/lib/contract/home";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { CallError } from "@/lib/client/call-error";
import { createDraftCopies, parseOthers } from "@/lib/client/draft-copies";
import { putDraft } from "@/lib/client/draft-state";
import type { Call } from "@/lib/client/http";
import { createLazyDrafts } from "@/lib/client/lazy-drafts";
import { createRoomsStore } from "@/lib/client/stores/rooms";
import { createTextsStore } from "@/lib/client/stores/texts";
import { createTexts } from "@/lib/client/texts";

export const roomId = "0190a0a0-0000-7000-8000-000000000001";
const epoch = "one";

/** What the server does with drafts: one person, one room. */
export function createServer() {
  let clock = 1;
  let stored: Draft | null = null;
  const sentBodies = new Map<string, string>();
  /** Every text that was stored. */
  const history: string[] = [];
  const current = (): Draft => {
    const none = { roomId, threadId: null, id: "none", text: "", isWhole: true, updatedAt: "", tick: 0 };
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
      stored = { roomId, threadId: null, id, text, isWhole: true, updatedAt: "", tick: ++clock };
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
export const devices: Heard[] = [];
/** Call after each test. */
export function stopDevices(): void {
  for (const device of devices.splice(0)) device.drafts.stop();
}

/** A tab. `stored` is what the tabs of its browser share. */
export function createDevice(server: Server, stored = new Map<string, string>()) {
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
  let losesAnswers = false;
  let delaysNext = false;
  /** Let the answers arrive that are late. */
  const late: (() => void)[] = [];
  const requests: string[] = [];
  const events: (Draft | Message)[] = [];
  async function arrival(): Promise<void> {
    if (!delaysNext) return;
    delaysNext = false;
    await new Promise<void>((arrive) => late.push(arrive));
  }
  const call = (async (name: string, input: { id: string; text: string; baseTick: number }) => {
    requests.push(name);
    if (!isOnline) throw new CallError({ code: "offline", message: "" });
    if (name === "draft.show") {
      const shown = server.current();
      await arrival();
      return apply(shown);
    }
    const { draft, isNew } = server.write(input.id, input.text, input.baseTick);
    if (isNew) for (const each of devices) each.events.push(draft);
    if (losesAnswers) throw new CallError({ code: "offline", message: "" });
    await arrival();
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
    onWrite: (...text) => drafts.onWrite(...text),
  });
  const options = { store, texts, call, lastCall: call, written: new Set<string>(), openPlaces: new Set<string>() };
  const drafts = createLazyDrafts(options);
  const { takeOther, dropOther } = createDraftCopies(texts, store);
  const device = {
    takeOther: (other: string) => takeOther(roomId, other),
    dropOther: (other: string) => dropOther(roomId, other),
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
    setLosing: (loses: boolean) => void (losesAnswers = loses),
    /** The answer to the next request is late: it is as of now, and arrives with `receiveLate`. */
    delayNext: () => void (delaysNext = true),
    receiveLate() {
      delaysNext = false;
      late.splice(0).forEach((arrive) => arrive());
    },
    /** Receives what was announced meanwhile. */
    hear() {
      if (!isOnline) return;
      for (const event of events.splice(0)) {
        if ("body" in event) drafts.onMessages([event]);
        else apply(event);
      }
      store.setState({ clock: server.clock() });
    },
    /** Sends the text of the composer. Returns a function that stores the message. */
    beginToSend() {
      const body = device.text();
      const id = drafts.take(roomId) ?? `other ${body}`;
      texts.write(roomId, "");
      return () => {
        const message = server.send(id, body);
        for (const each of devices) each.events.push(message);
      };
    },
    send: () => device.beginToSend()(),
  };
  drafts.start();
  devices.push(device);
  return device;
}

/** Lets time and everything that is under way pass, and delivers all events. */
export async function pass(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 5; turn++) {
    for (const device of devices) device.hear();
    await vi.advanceTimersByTimeAsync(0);
  }
}
export async function twoDevices() {
  const server = createServer();
  const [desk, phone] = [createDevice(server), createDevice(server)];
  for (const device of [desk, phone]) device.drafts.open(roomId);
  await pass();
  await desk.drafts.load();
  await phone.drafts.load();
  return { server, desk, phone };
}
