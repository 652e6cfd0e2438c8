import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** Mia is a member of one room, Ben of two. Each has sent a message, so their next sends share a batch. */
async function setting() {
  const organization = await makeOrganization();
  const [mia, ben] = [await makePerson(organization), await makePerson(organization, { name: "Ben" })];
  const [own, closed] = [await makeRoom(organization), await makeRoom(organization, { access: "private" })];
  await joinAs("member", own, mia, ben);
  await joinAs("member", closed, ben);
  // Fills the cache about their rooms and sessions, so that nothing has to be read before the next batch.
  await as(mia).do("message.send", { roomId: own.id, body: "Before" });
  await as(ben).do("message.send", { roomId: closed.id, body: "Before" });
  return { mia, ben, own, closed };
}
const bodyOf = async (id: string) => (await db().message.findFirst({ where: { id } }))?.body;

it("One id sent at once to a foreign and an own room: each send gets its own answer, and the frame is what was stored", async () => {
  const { mia, own, closed } = await setting();
  for (let round = 0; round < 10; round++) {
    const id = uuidv7();
    const [refused, sent] = await Promise.all([
      as(mia).ask("message.send", { roomId: closed.id, id, body: "For the closed room" }),
      as(mia).ask("message.send", { roomId: own.id, id, body: "For my room" }),
    ]);
    expect(outcome(refused)).toBe("not_found");
    expect(sent).toMatchObject({ ok: true, data: { roomId: own.id, body: "For my room" } });
    expect(await bodyOf(id)).toBe("For my room");
  }
});

it("Of several sends with one id at once, only the one whose message is stored succeeds", async () => {
  const { mia, ben, own, closed } = await setting();
  for (let round = 0; round < 10; round++) {
    const id = uuidv7();
    const answers = await Promise.all([
      as(mia).ask("message.send", { roomId: closed.id, id, body: "Mia's" }),
      as(ben).ask("message.send", { roomId: own.id, id, body: "Ben's" }),
      as(mia).ask("message.send", { roomId: own.id, id, body: "Mia's again" }),
    ]);
    const body = await bodyOf(id);
    expect(body).toMatch(/^(Ben's|Mia's again)$/);
    expect(answers.filter(({ ok }) => ok)).toEqual([
      expect.objectContaining({ data: expect.objectContaining({ body }) }),
    ]);
  }
});

it("Half a surrogate pair is answered as it is stored", async () => {
  const { mia, own } = await setting();
  const { id, body } = await as(mia).do("message.send", { roomId: own.id, body: "half \ud83d of it" });
  expect(body).toBe("half \ufffd of it");
  expect(await bodyOf(id)).toBe(body);
  const edited = await as(mia).do("message.edit", { messageId: id, body: "\ude00 the other" });
  expect(edited.body).toBe("\ufffd the other");
  expect(await bodyOf(id)).toBe(edited.body);
});

it("One id in two organizations is two messages, which neither learns of", async () => {
  const [one, other] = [await setting(), await setting()];
  const id = uuidv7();
  const [first, second] = await Promise.all([
    as(one.mia).ask("message.send", { roomId: one.own.id, id, body: "Mine" }),
    as(other.mia).ask("message.send", { roomId: other.own.id, id, body: "Mine too" }),
  ]);
  expect([first, second]).toMatchObject([
    { ok: true, data: { id, body: "Mine" } },
    { ok: true, data: { id, body: "Mine too" } },
  ]);
  expect((await as(one.mia).do("message.edit", { messageId: id, body: "Changed" })).roomId).toBe(one.own.id);
  const { body } = await db().message.findFirstOrThrow({ where: { id, organizationId: other.mia.organizationId } });
  expect(body).toBe("Mine too");
});
