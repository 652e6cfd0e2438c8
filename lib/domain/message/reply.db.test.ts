import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const [mia, moe] = [await makePerson(organization), await makePerson(organization)];
  const room = await makeRoom(organization);
  await joinAs("member", room, mia, moe);
  const { id: roomId } = room;
  const say = (body = "Hello", replyToId?: string) => as(mia).do("message.send", { roomId, body, replyToId });
  const reply = (who: TestPerson, replyToId: string, to = roomId) =>
    as(who).ask("message.send", { roomId: to, body: "Yes", replyToId });
  return { organization, mia, moe, room, roomId, say, reply };
}

it("A reply stores the id of what it quotes, and nothing else of it", async () => {
  const { mia, roomId, say } = await setting();
  const quoted = await say("A secret");
  const reply = await say("Yes", quoted.id);
  expect(reply).toMatchObject({ replyToId: quoted.id, seq: 2, changedSeq: 2 });
  expect((await say()).replyToId).toBeNull();
  const { messages } = await as(mia).do("message.list", { roomId });
  expect(messages[1]).toEqual(reply);
  const stored = await db().message.findFirstOrThrow({ where: { id: reply.id } });
  expect(JSON.stringify(stored)).not.toContain("A secret");
});

it("A message that is sent at the same moment as its reply, or just before, can be quoted", async () => {
  const { mia, roomId } = await setting();
  const ids = Array.from({ length: 10 }, () => uuidv7());
  const quotes: string[] = [];
  for (const [at, id] of ids.entries()) {
    const sent = as(mia).do("message.send", { roomId, id, body: "Hello" });
    if (at % 2 === 0) await sent;
    const reply = await as(mia).ask("message.send", { roomId, body: "Yes", replyToId: id });
    await sent;
    if (reply.ok) quotes.push(reply.data.replyToId ?? "");
  }
  expect(quotes).toEqual(expect.arrayContaining(ids.filter((_, at) => at % 2 === 0)));
});

it("A reply stays when what it quotes is edited or deleted, and a deleted message can be quoted", async () => {
  const { mia, moe, roomId, say, reply } = await setting();
  const quoted = await say();
  const before = await say("Yes", quoted.id);
  await as(mia).do("message.delete", { messageId: quoted.id });
  const { messages } = await as(moe).do("message.list", { roomId });
  expect(messages.find(({ id }) => id === before.id)).toEqual(before);
  expect(outcome(await reply(moe, quoted.id))).toBe("ok");
});

it("What is in another room, below the floor, a notice, or nowhere cannot be quoted", async () => {
  const { organization, mia, roomId, say, reply } = await setting();
  const other = await makeRoom(organization, { access: "private" });
  await joinAs("member", other, mia);
  const elsewhere = await as(mia).do("message.send", { roomId: other.id, body: "Elsewhere" });
  const early = await say();
  await as(organization.owner).do("room.update", { roomId, history: "fromJoining" });
  const late = await makePerson(organization);
  await as(late).do("membership.join", { roomId });
  const notice = await db().message.findFirstOrThrow({ where: { roomId, kind: "notice" }, orderBy: { seq: "desc" } });
  const { clock } = await db().room.findUniqueOrThrow({ where: { id: roomId } });
  const unknown = await reply(late, uuidv7());
  for (const id of [elsewhere.id, early.id]) expect(await reply(late, id)).toEqual(unknown);
  expect(outcome(unknown)).toBe("not_found");
  expect(outcome(await reply(mia, elsewhere.id))).toBe("not_found");
  expect(outcome(await reply(mia, notice.id))).toBe("not_found");
  expect(outcome(await reply(mia, early.id))).toBe("ok");
  expect((await db().room.findUniqueOrThrow({ where: { id: roomId } })).clock).toBe(clock + 1);
});

it("A retry of a reply gets the stored message, whatever became of what it quotes", async () => {
  const { mia, roomId, say } = await setting();
  const quoted = await say();
  const send = { roomId, id: uuidv7(), body: "Yes", replyToId: quoted.id };
  const first = await as(mia).do("message.send", send);
  await as(mia).do("message.delete", { messageId: quoted.id });
  expect(await as(mia).do("message.send", send)).toEqual(first);
});

it("Of plain messages and replies that are sent at once, one that may not be sent holds up no other", async () => {
  const { mia, roomId, say } = await setting();
  const quoted = await say();
  const replies = [undefined, quoted.id, uuidv7(), undefined, quoted.id];
  const answers = await Promise.all(
    replies.map((replyToId) => as(mia).ask("message.send", { roomId, body: "Hello", replyToId })),
  );
  expect(answers.map(outcome)).toEqual(["ok", "ok", "not_found", "ok", "ok"]);
  expect(answers.flatMap((answer) => (answer.ok ? [answer.data.replyToId] : []))).toEqual([
    null,
    quoted.id,
    null,
    quoted.id,
  ]);
});
