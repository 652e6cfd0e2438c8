import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePerson,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, outsider] = [await makePerson(organization), await makePerson(organization)];
  const guest = await makePerson(organization, { role: "guest" });
  const messageIn = async (given: Parameters<typeof makeRoom>[1]) => {
    const room = await makeRoom(organization, given);
    await joinAs("member", room, mia);
    return { room, message: await as(mia).do("message.send", { roomId: room.id, body: "Hello" }) };
  };
  return { organization, mia, outsider, guest, messageIn };
}
const lookUp = (who: TestPerson, ...messageIds: string[]) => as(who).do("message.lookUp", { messageIds });
const idsFor = async (who: TestPerson, ...messageIds: string[]) =>
  (await lookUp(who, ...messageIds)).messages.map(({ id }) => id).toSorted();

it("Messages of any rooms that somebody may read are found, with their rooms and authors", async () => {
  const { mia, outsider, guest, messageIn } = await setting();
  const [open, closed] = [await messageIn({ access: "public" }), await messageIn({ access: "private" })];
  const both = [open.message.id, closed.message.id];
  const { messages, rooms, people } = await lookUp(mia, ...both);
  expect(messages.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([open.message, closed.message]);
  expect(new Set(rooms.map(({ name }) => name))).toEqual(new Set([open.room.name, closed.room.name]));
  expect(people.map(({ id }) => id)).toEqual([mia.id]);
  const preview = await lookUp(outsider, ...both);
  expect(preview.messages).toEqual([open.message]);
  expect(preview.rooms).toEqual([{ id: open.room.id, name: open.room.name }]);
  expect(await lookUp(guest, ...both)).toEqual({ messages: [], rooms: [], people: [] });
});

it("Who is in a group of a restricted room finds its messages, and others don't", async () => {
  const { organization, mia, outsider, messageIn } = await setting();
  const insider = await makePerson(organization);
  const groupId = await makeGroup(organization, [insider]);
  const { message } = await messageIn({ access: "restricted", groupIds: [groupId] });
  expect(await idsFor(insider, message.id)).toEqual([message.id]);
  expect(await idsFor(mia, message.id)).toEqual([message.id]);
  expect(await idsFor(outsider, message.id)).toEqual([]);
});

it("Nothing is found below the floor, in a room that bans somebody, in a deleted room, or in another organization", async () => {
  const { organization, mia, outsider, messageIn } = await setting();
  const { room, message } = await messageIn({ access: "public" });
  const stranger = await makePerson(await makeOrganization());
  expect(await idsFor(stranger, message.id)).toEqual([]);
  expect(await idsFor(outsider, message.id)).toEqual([message.id]);
  await db().room.update({ where: { id: room.id }, data: { history: "fromJoining" } });
  expect(await idsFor(outsider, message.id)).toEqual([]);
  await as(outsider).do("membership.join", { roomId: room.id });
  expect(await idsFor(outsider, message.id)).toEqual([]);
  const later = await as(mia).do("message.send", { roomId: room.id, body: "Later" });
  expect(await idsFor(outsider, message.id, later.id)).toEqual([later.id]);
  await as(organization.owner).do("ban.add", { roomId: room.id, personId: outsider.id });
  expect(await idsFor(outsider, later.id)).toEqual([]);
  await db().room.update({ where: { id: room.id }, data: { deletedAt: new Date() } });
  expect(await idsFor(mia, message.id, later.id)).toEqual([]);
});

it("A deleted message is a tombstone, a long text is cut, and notices and unknown ids are left out", async () => {
  const { mia, messageIn } = await setting();
  const { room, message } = await messageIn({ access: "public" });
  const long = await as(mia).do("message.send", { roomId: room.id, body: "x".repeat(limits.preview + 1) });
  await as(mia).do("message.delete", { messageId: message.id });
  await as(mia).do("pin.add", { messageId: long.id });
  const notice = await db().message.findFirstOrThrow({ where: { roomId: room.id, kind: "notice" } });
  const { messages } = await lookUp(mia, message.id, long.id, notice.id, uuidv7());
  expect(messages).toHaveLength(2);
  expect(messages.find(({ id }) => id === message.id)?.deletedAt).not.toBeNull();
  expect(messages.find(({ id }) => id === long.id)?.body).toHaveLength(limits.preview);
});

it(`At most ${limits.lookUp} messages are looked up at once, and at least one`, async () => {
  const { mia } = await setting();
  const messageIds = Array.from({ length: limits.lookUp + 1 }, () => uuidv7());
  expect(outcome(await as(mia).ask("message.lookUp", { messageIds }))).toBe("invalid_input");
  expect(outcome(await as(mia).ask("message.lookUp", { messageIds: [] }))).toBe("invalid_input");
  expect(outcome(await as(mia).ask("message.lookUp", { messageIds: messageIds.slice(1) }))).toBe("ok");
});
