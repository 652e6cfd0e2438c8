import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, makeGroup, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, ben] = [await makePerson(organization), await makePerson(organization, { name: "Ben" })];
  return { organization, mia, ben };
}

it("The creator of a room is its admin, and the room's log begins with a notice about it", async () => {
  const { mia } = await setting();
  const entry = await as(mia).do("room.create", { name: "Tea  time", description: " Earl Grey " });
  expect(entry).toMatchObject({
    room: { name: "Tea time", access: "public", description: "Earl Grey", memberCount: 1 },
    membership: { role: "admin", lastReadSeq: 1 },
    clock: 1,
    unread: [],
  });
  const { messages } = await as(mia).do("message.list", { roomId: entry.room.id });
  expect(messages).toMatchObject([{ kind: "notice", authorId: mia.id, notice: { type: "created" } }]);
});

it("If two people create rooms of one name at once, one succeeds and the other gets a conflict about the name", async () => {
  const { organization, mia, ben } = await setting();
  const answers = await Promise.all([mia, ben].map((who) => as(who).ask("room.create", { name: "Tea" })));
  expect(answers.map(outcome).toSorted()).toEqual(["conflict", "ok"]);
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: { fields: { name: expect.any(String) } } });
  expect(await db().room.count({ where: { organizationId: organization.id } })).toBe(1);
});

it.each([
  ["in capitals", "TEA TIME"],
  ["full width", "Ｔｅａ ｔｉｍｅ"],
  ["with more spaces", " Tea   time "],
  ["with what cannot be seen", "Tea\u200b time\u2060"],
])("A name that reads the same %s is taken", async (_, name) => {
  const { mia, ben } = await setting();
  await as(mia).do("room.create", { name: "Tea time" });
  expect(outcome(await as(ben).ask("room.create", { name }))).toBe("conflict");
  expect(outcome(await as(ben).ask("room.create", { name: "Tea times" }))).toBe("ok");
});

it.each([
  ["a Cyrillic і that stands alone for a word", "lіve", "live"],
  ["letters that are all Cyrillic", "сор", "cop"],
  ["a capital I for a small l", "generaI", "general"],
  ["a Greek capital", "ΤΕΑ", "TEA"],
  ["a Latin letter in a Cyrillic word", "Прoект", "проект"],
])("A name that looks like another by %s is refused, and says why", async (_, name, other) => {
  const { organization, mia, ben } = await setting();
  // Created in the database directly, like a room from before this rule. Its name may have any letters.
  await makeRoom(organization, { name: other, access: "private" });
  const answer = await as(ben).ask("room.create", { name });
  expect(["conflict", "invalid_input"]).toContain(outcome(answer));
  expect(answer).toMatchObject({ error: { fields: { name: expect.stringMatching(/look/) } } });
  const { room } = await as(mia).do("room.create", { name: "Live wires" });
  expect(room.name).toBe("Live wires");
});

it("Another organization may use the same name", async () => {
  const { mia } = await setting();
  const elsewhere = (await makeOrganization()).owner;
  await as(mia).do("room.create", { name: "Tea" });
  expect(outcome(await as(elsewhere).ask("room.create", { name: "Tea" }))).toBe("ok");
});

it("A member's restricted room needs a group that they are in; an owner's may have any group or none", async () => {
  const { organization, mia, ben } = await setting();
  const groupId = await makeGroup(organization, [mia]);
  const elsewhere = await makeGroup(await makeOrganization());
  const create = async (who: typeof mia, groupIds: string[]) =>
    outcome(await as(who).ask("room.create", { name: `Room ${uuidv7()}`, access: "restricted", groupIds }));
  expect(await create(mia, [groupId, groupId])).toBe("ok");
  expect(await create(ben, [groupId])).toBe("not_found");
  expect(await create(organization.owner, [groupId])).toBe("ok");
  expect(await create(organization.owner, [groupId, elsewhere])).toBe("not_found");
  expect(await create(mia, [])).toBe("invalid_input");
  expect(await create(organization.owner, [])).toBe("ok");
});

it.each([
  ["nothing", ""],
  ["only spaces", "   "],
  ["only what cannot be seen", "\u200b\u2060"],
  ["two lines", "Tea\ntime"],
  ["NUL", "Tea\u0000"],
  ["text that turns around", "Tea\u202egnp.exe"],
  ["a # in front", "#tea"],
  ["81 characters", "x".repeat(81)],
])("A name of %s is refused", async (_, name) => {
  const { mia } = await setting();
  expect(outcome(await as(mia).ask("room.create", { name: "x".repeat(80) }))).toBe("ok");
  expect(await as(mia).ask("room.create", { name })).toMatchObject({
    error: { code: "invalid_input", fields: { name: expect.any(String) } },
  });
});

it("Guests cannot create rooms", async () => {
  const { organization } = await setting();
  const guest = await makePerson(organization, { role: "guest" });
  expect(await as(guest).ask("room.create", { name: "Tea" })).toMatchObject({ error: { code: "forbidden" } });
});
