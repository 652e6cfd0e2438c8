import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { limits } from "@/lib/contract/limits";
import {
  createDevice,
  createServer,
  devices,
  pass,
  roomId,
  stopDevices,
  twoDevices,
} from "@/tests/harness/draft-devices";

type Device = ReturnType<typeof createDevice>;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  stopDevices();
  vi.useRealTimers();
});

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
  phone.takeOther("From the desk");
  await pass(2_000);
  expect([phone.text(), desk.text()]).toEqual(["From the desk", "From the desk"]);
  expect(phone.others()).toEqual(["From the phone"]);
  phone.dropOther("From the phone");
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

it("A text that is being sent does not come back when its draft is heard of late", async () => {
  const { server, desk, phone } = await twoDevices();
  desk.type("Hello");
  desk.setLosing(true);
  await desk.drafts.save();
  const store = desk.beginToSend();
  desk.setLosing(false);
  await pass(2_000);
  expect([desk.text(), desk.listed()]).toEqual(["", ""]);
  store();
  await pass(2_000);
  expect([desk.text(), phone.text(), server.current().text]).toEqual(["", "", ""]);
});

it("A text that was typed in a tab that was closed is saved by another tab of its browser", async () => {
  const server = createServer();
  const desk = createDevice(server);
  const beside = createDevice(server, desk.stored);
  await pass();
  desk.type("Half a sentence");
  desk.drafts.stop();
  for (const key of desk.stored.keys()) beside.texts.onStorageChange(key);
  await pass(14_000);
  expect(server.current().text).toBe("");
  await pass(4_000);
  expect(server.current().text).toBe("Half a sentence");
});

it.each([
  ["was saved", (_desk: Device) => {}],
  ["was typed while the answer was lost", (desk: Device) => desk.setLosing(true)],
])("A text that %s stays when another device sends an older one, even after a reload", async (_name, before) => {
  const { server, desk, phone } = await twoDevices();
  before(desk);
  desk.type("Shall we");
  await vi.advanceTimersByTimeAsync(2_000);
  phone.hear();
  await vi.advanceTimersByTimeAsync(0);
  expect(phone.text()).toBe("Shall we");
  desk.setLosing(false);
  desk.type("Let us");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(server.current().text).toBe("Let us");
  phone.send();
  desk.drafts.stop();
  devices.splice(devices.indexOf(desk), 1);
  const reloaded = createDevice(server, desk.stored);
  reloaded.drafts.open(roomId);
  await pass(10_000);
  expect([reloaded.text(), phone.text(), server.current().text]).toEqual(["Let us", "Let us", "Let us"]);
});
