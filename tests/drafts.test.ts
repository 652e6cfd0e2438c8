import { expect, test } from "vitest";
import type { Parley } from "@/lib/client/parley";
import { limits } from "@/lib/contract/limits";
import { caughtUp, openTab, until } from "./harness/client";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();

/** Ann with two devices, and Pat, in a room. */
async function setting() {
  const organization = await makeOrganization();
  const [ann, pat] = [
    await newcomer(server, organization, { name: "Ann" }),
    await newcomer(server, organization, { name: "Pat" }),
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, ann, pat);
  const tabs = [await openTab(ann.login), await openTab(ann.login)] as const;
  for (const tab of tabs) {
    await tab.drafts.load();
    tab.drafts.open(room.id);
  }
  const saved = async () => data(await ann.login.rest("draft.show", { roomId: room.id })).text;
  return { ann, pat, room, roomId: room.id, tabs, saved };
}

const shows = (tab: Parley, roomId: string, text: string) =>
  until(
    tab.stores.texts,
    () => `"${text.slice(0, 40)}"; it shows "${tab.texts.read(roomId).slice(0, 40)}"`,
    ({ texts }) => (texts[roomId] ?? "") === text,
  );
const stop = (tabs: readonly Parley[]) => {
  for (const tab of tabs) tab.stop();
};

test("A draft reaches its author's other device and nobody else, and sending it removes it from both", async () => {
  const { ann, pat, roomId, tabs, saved } = await setting();
  const [one, other] = tabs;
  const atPat = await pat.login.listen();
  const text = "上海 Half a sentence. ".repeat(3_000).slice(0, limits.draft - 1);
  one.texts.write(roomId, text);
  await shows(other, roomId, text);
  other.texts.write(roomId, "Shorter");
  await shows(one, roomId, "Shorter");
  expect(await saved()).toBe("Shorter");
  one.outbox.send(roomId, "Shorter", { isDraft: true });
  one.texts.write(roomId, "");
  await shows(other, roomId, "");
  await atPat.until("the message", () => atPat.rows(roomId).length === 1);
  expect(atPat.heard.me).toEqual([]);
  expect(JSON.stringify(atPat.heard)).not.toContain("Half a sentence");
  await one.drafts.save();
  for (const tab of tabs) await caughtUp(tab, ann.login);
  for (const tab of tabs) expect(tab.stores.rooms.getState().drafts.get(roomId)?.text ?? "").toBe("");
  expect((await ann.login.rest("home.show", {})).ok && (await saved())).toBe("");
  atPat.close();
  stop(tabs);
});

test("Of two devices that write at once, each keeps its own text, and the one that is later is offered the other", async () => {
  const { roomId, tabs, saved } = await setting();
  const [one, other] = tabs;
  one.texts.write(roomId, "From the desk");
  other.texts.write(roomId, "From the sofa");
  await Promise.all([one.drafts.save(), other.drafts.save()]);
  const offers = tabs.map((tab) => tab.texts.read(`others.${roomId}`)).join("");
  const stored = await saved();
  const lost = ["From the desk", "From the sofa"].filter((text) => text !== stored && !offers.includes(text));
  expect(lost).toEqual([]);
  for (const tab of tabs) await shows(tab, roomId, stored);
  stop(tabs);
});

test("The same draft that two devices send is one message, and another text is another message", async () => {
  const { ann, roomId, tabs, saved } = await setting();
  const [one, other] = tabs;
  one.texts.write(roomId, "Shall we meet");
  await shows(other, roomId, "Shall we meet");
  for (const tab of tabs) tab.outbox.send(roomId, "Shall we meet", { isDraft: true });
  for (const tab of tabs) tab.texts.write(roomId, "");
  for (const tab of tabs) await until(tab.stores.outbox, "an empty outbox", ({ entries }) => entries.length === 0);
  const bodies = async () =>
    data(await ann.login.rest("message.list", { roomId }))
      .messages.map(({ body }) => body)
      .toSorted();
  expect(await bodies()).toEqual(["Shall we meet"]);
  await one.drafts.save();
  one.texts.write(roomId, "At noon");
  await shows(other, roomId, "At noon");
  one.outbox.send(roomId, "At noon", { isDraft: true });
  other.outbox.send(roomId, "At noon, or later", { isDraft: true });
  for (const tab of tabs) tab.texts.write(roomId, "");
  for (const tab of tabs) await until(tab.stores.outbox, "an empty outbox", ({ entries }) => entries.length === 0);
  expect(await bodies()).toEqual(["At noon", "At noon, or later", "Shall we meet"]);
  expect(await saved()).toBe("");
  stop(tabs);
});
