import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeRoom, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const setting = (wanted = {}) => makeStaffedRoom({ name: "Tea time", ...wanted });
const notices = async (roomId: string) =>
  (await db().message.findMany({ where: { roomId, kind: "notice" }, orderBy: { seq: "asc" } })).map(
    ({ notice, seq, changedSeq, authorId }) => ({ ...(notice as { type: string }), seq, changedSeq, authorId }),
  );
const stored = (id: string) => db().room.findUniqueOrThrow({ where: { id } });
const rename = (who: TestPerson, roomId: string, name: string) => as(who).ask("room.update", { roomId, name });

it("An admin changes all fields of a room at once, and each change that the log tells has a tick of its own", async () => {
  const { ada, roomId } = await setting();
  const changes = {
    name: " Coffee  time ",
    topic: " Beans ",
    description: "For\nall",
    postingPolicy: "moderators",
  } as const;
  const expected = { name: "Coffee time", topic: "Beans", description: "For\nall", postingPolicy: "moderators" };
  expect(await as(ada).do("room.update", { roomId, ...changes })).toMatchObject({ ...expected, changedSeq: 3 });
  expect(await stored(roomId)).toMatchObject({ ...expected, nameKey: "coffee time", clock: 3, changedSeq: 3 });
  expect(await notices(roomId)).toEqual([
    { type: "renamed", from: "Tea time", to: "Coffee time", seq: 1, changedSeq: 1, authorId: ada.id },
    { type: "topic", topic: "Beans", seq: 2, changedSeq: 2, authorId: ada.id },
    { type: "posting", postingPolicy: "moderators", seq: 3, changedSeq: 3, authorId: ada.id },
  ]);
});

it("A new description is not told in the log, but takes its tick", async () => {
  const { ada, roomId } = await setting();
  const { description, changedSeq } = await as(ada).do("room.update", { roomId, description: "Biscuits welcome" });
  expect([description, changedSeq]).toEqual(["Biscuits welcome", 1]);
  expect(await notices(roomId)).toEqual([]);
});

it("Fields that are not given, or are as they were, stay and take no tick", async () => {
  const { ada, roomId } = await setting();
  await as(ada).do("room.update", { roomId, topic: "Beans" });
  const before = await stored(roomId);
  await as(ada).do("room.update", { roomId });
  await as(ada).do("room.update", { roomId, name: "Tea time", topic: "Beans", postingPolicy: "everyone" });
  expect(await stored(roomId)).toEqual(before);
  await as(ada).do("room.update", { roomId, topic: "" });
  expect(await notices(roomId)).toMatchObject([{ topic: "Beans" }, { topic: "" }]);
});

it("A room keeps its sort key and can be found by its new name", async () => {
  const { ada, roomId } = await setting();
  await as(ada).do("room.update", { roomId, name: "Äpfel" });
  const found = (query: string) => as(ada).do("room.list", { query });
  expect((await found("apfel")).rooms.map(({ room }) => room.id)).toEqual([roomId]);
  expect((await found("tea time")).rooms).toEqual([]);
  expect((await stored(roomId)).nameOrder).not.toBe("");
});

it.each([
  ["the name of another room", "LIGHTHOUSE"],
  ["a name that looks like another room's", "Iighthouse"],
])("Renaming to %s is a conflict at the name, and changes nothing", async (_, name) => {
  const { organization, ada, roomId } = await setting();
  await makeRoom(organization, { name: "lighthouse", access: "private" });
  const before = await stored(roomId);
  expect(await as(ada).ask("room.update", { roomId, name, topic: "New" })).toMatchObject({
    error: { code: "conflict", fields: { name: expect.any(String) } },
  });
  expect(await stored(roomId)).toEqual(before);
});

it("A room can change how its own name is written", async () => {
  const { ada, roomId } = await setting();
  for (const name of ["TEA TIME", "Tea time"])
    expect(await rename(ada, roomId, name)).toMatchObject({ data: { name } });
});

it("If two rooms are renamed to one name at once, one succeeds and the other gets a conflict about the name", async () => {
  const { organization, ada, owner, roomId } = await setting();
  const other = await makeRoom(organization);
  const answers = await Promise.all([rename(ada, roomId, "Coffee"), rename(owner, other.id, "coffee")]);
  expect(answers.map(outcome).toSorted()).toEqual(["conflict", "ok"]);
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: { fields: { name: expect.any(String) } } });
});

it("If two people rename a room at once, it has one of the names, and each notice begins where the one before ended", async () => {
  const { ada, owner, roomId } = await setting();
  const answers = await Promise.all([rename(ada, roomId, "Coffee"), rename(owner, roomId, "Cocoa")]);
  expect(answers.map(outcome)).toEqual(["ok", "ok"]);
  const [first, second] = (await notices(roomId)) as unknown as { from: string; to: string }[];
  const { name } = await stored(roomId);
  expect([first?.from, second?.from, second?.to]).toEqual(["Tea time", first?.to, name]);
  expect((await rename(ada, roomId, name === "Coffee" ? "Cocoa" : "Coffee")).ok).toBe(true);
});

it("The same name given to a room five times at once is told once", async () => {
  const { ada, roomId } = await setting();
  const answers = await Promise.all(Array.from({ length: 5 }, () => rename(ada, roomId, "Coffee")));
  expect(answers.map(outcome)).toEqual(Array.from({ length: 5 }, () => "ok"));
  expect(await notices(roomId)).toHaveLength(1);
});

it("Members change the topic, and neither they nor guests nor outsiders anything else", async () => {
  const { moe, mia, guest, outsider, roomId } = await setting();
  const ask = async (who: TestPerson) => {
    const change = async (changes: object) => outcome(await as(who).send("room.update", { roomId, ...changes }));
    const answers = [{ topic: who.name }, { name: "Mine" }, { description: "Mine" }, { postingPolicy: "moderators" }];
    return Promise.all(answers.map(change));
  };
  const nothing = ["forbidden", "forbidden", "forbidden", "forbidden"];
  const onlyTheTopic = ["ok", ...nothing.slice(1)];
  expect(await ask(moe)).toEqual(onlyTheTopic);
  expect(await ask(mia)).toEqual(onlyTheTopic);
  expect(await ask(guest)).toEqual(nothing);
  expect(await ask(outsider)).toEqual(nothing);
  expect(await stored(roomId)).toMatchObject({ name: "Tea time", topic: "Mia", description: "" });
});

it("Refused fields refuse the whole change", async () => {
  const { mia, roomId } = await setting();
  expect(await as(mia).ask("room.update", { roomId, topic: "New", name: "New" })).toMatchObject({
    error: { code: "forbidden", message: expect.stringContaining("Ask one of them") },
  });
  expect(await stored(roomId)).toMatchObject({ name: "Tea time", topic: "", clock: 0 });
});

it("From outside a private room, an owner renames it and sees neither its topic nor its description", async () => {
  const { owner, ada, mia, outsider, roomId } = await setting({ access: "private" });
  await as(ada).do("room.update", { roomId, topic: "Secret", description: "Secret" });
  const renamed = await as(owner).do("room.update", { roomId, name: "Coffee" });
  expect(renamed).toMatchObject({ name: "Coffee", topic: "", description: "", memberCount: 4 });
  for (const changes of [{ topic: "" }, { description: "" }, { postingPolicy: "moderators" as const }])
    expect(outcome(await as(owner).ask("room.update", { roomId, ...changes }))).toBe("forbidden");
  expect(outcome(await as(owner).ask("room.show", { roomId }))).toBe("not_found");
  expect(outcome(await rename(outsider, roomId, "Mine"))).toBe("not_found");
  expect((await as(mia).do("room.show", { roomId })).room).toMatchObject({ name: "Coffee", topic: "Secret" });
  await joinAs("member", { id: roomId, organizationId: owner.organizationId, name: "" }, owner);
  expect(await as(owner).do("room.update", { roomId, topic: "Open" })).toMatchObject({ description: "Secret" });
});

it("Nothing of an archived room can be changed until it is unarchived", async () => {
  const { ada, mia, roomId } = await setting({ archivedAt: new Date() });
  expect(outcome(await rename(ada, roomId, "Coffee"))).toBe("room_archived");
  expect(outcome(await as(mia).ask("room.update", { roomId, topic: "New" }))).toBe("room_archived");
  expect(outcome(await rename(mia, roomId, "Coffee"))).toBe("forbidden");
  await as(ada).do("room.unarchive", { roomId });
  expect(outcome(await rename(ada, roomId, "Coffee"))).toBe("ok");
});

it("Who was removed from a room can change nothing of it", async () => {
  const { ada, mia, roomId } = await setting({ access: "private" });
  await as(ada).do("membership.remove", { roomId, personId: mia.id });
  expect(outcome(await as(mia).ask("room.update", { roomId, topic: "New" }))).toBe("not_found");
});

it("When only moderators may post, a member can neither post nor set the topic from the next message on", async () => {
  const { ada, moe, mia, roomId } = await setting();
  await as(mia).do("message.send", { roomId, body: "Before" });
  await as(ada).do("room.update", { roomId, postingPolicy: "moderators" });
  expect(outcome(await as(mia).ask("message.send", { roomId, body: "After" }))).toBe("forbidden");
  expect(outcome(await as(mia).ask("room.update", { roomId, topic: "After" }))).toBe("forbidden");
  expect(outcome(await as(moe).ask("message.send", { roomId, body: "After" }))).toBe("ok");
  await as(ada).do("room.update", { roomId, postingPolicy: "everyone" });
  expect(outcome(await as(mia).ask("message.send", { roomId, body: "Again" }))).toBe("ok");
});

it.each([
  ["name", "# tea"],
  ["name", " "],
  ["name", "x".repeat(81)],
  ["topic", "two\nlines"],
  ["topic", "x".repeat(251)],
  ["topic", "a\u202eb"],
  ["description", "x".repeat(1_001)],
  ["postingPolicy", "nobody"],
])("A bad %s is refused at its field: %j", async (field, value) => {
  const { ada, roomId } = await setting();
  expect(await as(ada).send("room.update", { roomId, [field]: value })).toMatchObject({
    error: { code: "invalid_input", fields: { [field]: expect.any(String) } },
  });
});

it.each(["<script>alert(1)</script>", "غرفة الشاي", "Tea 🫖 & cake", "a & b < c"])(
  "A name, topic and description are stored as typed: %s",
  async (text) => {
    const { ada, roomId } = await setting();
    const texts = { name: text, topic: text, description: text };
    expect(await as(ada).do("room.update", { roomId, ...texts })).toMatchObject(texts);
  },
);
