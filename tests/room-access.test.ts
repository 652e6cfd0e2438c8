import { expect, test } from "vitest";
import { newestIn, openTab, until } from "./harness/client";
import type { Heard } from "./harness/listener";
import { data, newcomer } from "./harness/login";
import { joinAs, makeGroup, makeOrganization, makeRoom } from "./harness/people";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();

const hasText = (body: string) => (heard: Heard) =>
  heard.frames.some(({ rows }) => rows.some((row) => row.body === body));

test("An edit below somebody's floor reaches those who may see the message, and their tab only learns that the clock moved", async () => {
  const organization = await makeOrganization();
  const [ada, mia, late] = [
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const room = await makeRoom(organization);
  await joinAs("admin", room, ada);
  await joinAs("member", room, mia);
  const roomId = room.id;
  const { id: messageId } = data(await ada.login.rest("message.send", { roomId, body: "Before" }));
  data(await ada.login.rest("room.update", { roomId, history: "fromJoining" }));
  const [atMia, atLate] = [await mia.login.listen(), await late.login.listen()];
  const tab = await openTab(late.login);
  data(await late.login.rest("membership.join", { roomId }));
  await until(tab.stores.rooms, "the room", ({ rooms }) => rooms.has(roomId));
  tab.log.open(roomId);

  data(await ada.login.rest("message.edit", { messageId, body: "Before, edited" }));
  data(await ada.login.rest("message.send", { roomId, body: "After" }));
  await atMia.until("the edit", hasText("Before, edited"));
  await atMia.until("the message", hasText("After"));
  await atLate.until("the message", hasText("After"));
  expect(JSON.stringify(atLate.heard)).not.toContain("Before");
  await until(tab.stores.rooms, "the message in the tab", ({ rooms }) =>
    newestIn(rooms.get(roomId)).some(({ body }) => body === "After"),
  );
  const shown = newestIn(tab.stores.rooms.getState().rooms.get(roomId)).map(({ body, notice }) => notice?.type ?? body);
  expect(shown).toEqual(["joined", "After"]);
  tab.stop();
  for (const each of [atMia, atLate]) each.close();
});

test("Who is removed from a group loses its room in an open tab at once, and gets nothing that is said there later", async () => {
  const organization = await makeOrganization();
  const owner = await newcomer(server, organization, { role: "owner" });
  const [mia, bo] = [await newcomer(server, organization), await newcomer(server, organization)];
  const groupId = await makeGroup(organization, [mia, bo]);
  const { id: roomId } = await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
  for (const who of [owner, mia, bo]) data(await who.login.rest("membership.join", { roomId }));
  const tab = await openTab(mia.login);
  const [atMia, atBo] = [await mia.login.listen(), await bo.login.listen()];
  data(await owner.login.rest("message.send", { roomId, body: "Before" }));
  for (const each of [atMia, atBo]) await each.until("the message", hasText("Before"));
  expect(tab.stores.rooms.getState()).toMatchObject({ groupIds: [groupId] });
  expect(tab.stores.rooms.getState().rooms.has(roomId)).toBe(true);

  data(await owner.login.rest("group.removeMembers", { groupId, personIds: [mia.id] }));
  data(await owner.login.rest("message.send", { roomId, body: "After" }));
  await atBo.until("the message", hasText("After"));
  await until(
    tab.stores.rooms,
    "the room to be gone",
    ({ rooms, groupIds }) => !rooms.has(roomId) && groupIds.length === 0,
  );
  expect(JSON.stringify(atMia.heard)).not.toContain("After");
  tab.stop();
  for (const each of [atMia, atBo]) each.close();
});

test("Opening and closing a room moves the organization's clock for everybody, so that their lists of rooms are asked again", async () => {
  const organization = await makeOrganization();
  const [ada, outsider] = [await newcomer(server, organization), await newcomer(server, organization)];
  const room = await makeRoom(organization);
  await joinAs("admin", room, ada);
  const tab = await openTab(outsider.login);
  const clock = () => tab.stores.rooms.getState().organizationClock;
  const before = clock();
  data(await ada.login.rest("room.setAccess", { roomId: room.id, access: "private" }));
  await until(tab.stores.rooms, "the clock", () => clock() > before);
  tab.stop();
});
