// What a device hears late of its drafts.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Draft } from "@/lib/contract/draft";
import { createDevice, createServer, pass, roomId, stopDevices, twoDevices } from "@/tests/harness/draft-devices";
import { putDraft } from "./draft-state";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  stopDevices();
  vi.useRealTimers();
});

it("A text that another tab has typed stays when its older draft is deleted before this tab hears of it", async () => {
  const { desk, phone } = await twoDevices();
  desk.type("Old");
  await pass(2_000);
  const beside = createDevice(createServer(), desk.stored);
  await beside.drafts.load();
  expect(beside.text()).toBe("Old");
  desk.type("New");
  const deleted = { ...phone.store.getState().drafts.get(roomId), roomId, text: "", isWhole: true, tick: 9 } as Draft;
  beside.store.setState((state) => putDraft(state, deleted));
  await pass();
  expect(desk.stored.get(desk.texts.prefix + roomId)).toBe("New");
});

const long = (text: string) => `${text} ${"and so on ".repeat(100)}`;

it("A text that was saved here stays when an older version, which was fetched before, arrives late", async () => {
  const { server, desk, phone } = await twoDevices();
  phone.delayNext();
  desk.type(long("From the desk"));
  await pass(2_000);
  expect([phone.requests, phone.text()]).toEqual([["draft.show"], ""]);
  phone.type("From the phone");
  await pass(3_000);
  expect([server.current().text, phone.others()]).toEqual(["From the phone", [long("From the desk")]]);
  phone.receiveLate();
  await pass(1_000);
  expect([phone.text(), desk.text()]).toEqual(["From the phone", "From the phone"]);
});

it("A text that was sent elsewhere does not come back when it was fetched before and arrives late", async () => {
  const { desk, phone } = await twoDevices();
  phone.delayNext();
  desk.type(long("From the desk"));
  await pass(2_000);
  desk.send();
  await pass(1_000);
  phone.receiveLate();
  await pass(1_000);
  expect([phone.text(), phone.listed()]).toEqual(["", ""]);
});

it("What was typed since a draft was deleted is offered when the draft is brought back", async () => {
  const { server, desk } = await twoDevices();
  desk.type("Old");
  await pass(2_000);
  const undo = await (await desk.drafts.load()).remove(roomId);
  desk.type("New");
  await pass(3_000);
  undo();
  await pass(3_000);
  expect([desk.text(), desk.others(), server.current().text]).toEqual(["Old", ["New"], "Old"]);
});

it("What is typed while a draft is being deleted stays", async () => {
  const { server, desk } = await twoDevices();
  desk.type("Old");
  await pass(2_000);
  desk.delayNext();
  const removed = (await desk.drafts.load()).remove(roomId);
  await pass();
  expect(server.current().text).toBe("");
  desk.type("New");
  desk.receiveLate();
  await removed;
  await pass(3_000);
  expect([desk.text(), server.current().text]).toEqual(["New", "New"]);
});

it("A draft whose change arrives after its message is not listed, also where the thread of the message is not on the screen", async () => {
  const { server, desk, phone } = await twoDevices();
  desk.type("A reply");
  await pass(2_000);
  const draft = server.current();
  const threadId = "0190a0a0-0000-7000-8000-000000000002";
  const reply = { ...server.send(draft.id, "A reply"), threadId };
  phone.drafts.onMessages([reply]);
  phone.store.setState((state) => putDraft(state, { ...draft, threadId, tick: draft.tick + 1 }));
  await pass();
  expect(phone.store.getState().drafts.get(`${roomId}/${threadId}`)?.text).toBe("");
});
