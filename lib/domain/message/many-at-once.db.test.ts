// Many people who change one message at the same moment.
import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePeople, makeRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const count = 20;

async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(
    organization,
    Array.from({ length: count }, () => ({})),
  );
  const room = await makeRoom(organization);
  await joinAs("member", room, ...people);
  const [author] = people as [TestPerson];
  const { id: messageId } = await as(author).do("message.send", { roomId: room.id, body: "As sent" });
  const clock = async () => (await db().room.findUniqueOrThrow({ where: { id: room.id } })).clock;
  const seenBy = async (who: TestPerson) => (await as(who).do("message.list", { roomId: room.id })).messages;
  return { people, author, roomId: room.id, messageId, clock, seenBy };
}

it("Twenty people react to one message, edit and pin it at once: one row each, one order, and the same for everybody", async () => {
  const { people, author, roomId, messageId, clock, seenBy } = await setting();
  const before = await clock();
  const edits = people.map((_, at) => `Edit ${at}`);
  const answers = await Promise.all(
    people.flatMap((person, at) => [
      as(person).do("reaction.add", { messageId, emoji: "🎉" }),
      as(person).do("reaction.add", { messageId, emoji: at % 2 === 0 ? "👍" : "👀" }),
      as(person).do("pin.add", { messageId }),
      as(author).do("message.edit", { messageId, body: edits[at] as string }),
    ]),
  );
  expect(answers).toHaveLength(count * 4);

  const reactions = await db().reaction.findMany({ where: { messageId } });
  expect(reactions).toHaveLength(count * 2);
  expect(new Set(reactions.map(({ personId, emoji }) => `${personId} ${emoji}`)).size).toBe(count * 2);
  const message = await db().message.findFirstOrThrow({ where: { id: messageId } });
  const revisions = await db().messageRevision.findMany({ where: { messageId } });
  const bodies = [...revisions.map(({ body }) => body), message.body ?? ""];
  expect(bodies.toSorted()).toEqual(["As sent", ...edits].toSorted());
  expect(people.map(({ id }) => id)).toContain(message.pinnedById);
  const notices = await db().message.findMany({ where: { roomId, kind: "notice" } });
  expect(notices.map(({ notice, authorId }) => ({ notice, authorId }))).toEqual([
    { notice: { type: "pinned", messageId }, authorId: message.pinnedById },
  ]);

  // Each change has a tick of its own: the reactions, the edits, the pin and its notice.
  expect((await clock()) - before).toBe(count * 2 + count + 2);
  const ticks = [...reactions, message, ...notices].map(({ changedSeq }) => changedSeq);
  expect(new Set(ticks).size).toBe(ticks.length);

  const seen = await Promise.all(people.map(seenBy));
  const [first] = seen;
  const kinds = first?.find(({ id }) => id === messageId)?.reactions ?? [];
  expect(Object.fromEntries(kinds.map((kind) => [kind.emoji, kind.count]))).toEqual({
    "🎉": count,
    "👍": count / 2,
    "👀": count / 2,
  });
  // Who reacts is not the same for everybody: `isMine`.
  const shared = seen.map((messages) =>
    messages.map(({ reactions: each, ...rest }) => ({ ...rest, kinds: each?.map(({ isMine: _, ...kind }) => kind) })),
  );
  for (const each of shared) expect(each).toEqual(shared[0]);
});

it("Of edits of the same version at once, one is stored and the others are a conflict", async () => {
  const { author, messageId } = await setting();
  const answers = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      as(author).ask("message.edit", { messageId, body: `Edit ${at}`, basedOn: null }),
    ),
  );
  expect(answers.map(outcome).filter((answer) => answer === "conflict")).toHaveLength(count - 1);
  expect(await db().messageRevision.count({ where: { messageId } })).toBe(1);
});

it("A message that is pinned and unpinned by twenty people at once is pinned or not, and listed once if it is", async () => {
  const { people, author, roomId, messageId } = await setting();
  await Promise.all(people.map((person, at) => as(person).do(at % 2 === 0 ? "pin.add" : "pin.remove", { messageId })));
  const { pinnedAt, pinnedById } = await db().message.findFirstOrThrow({ where: { id: messageId } });
  expect(pinnedById === null).toBe(pinnedAt === null);
  const { messages } = await as(author).do("pin.list", { roomId });
  expect(messages.map(({ id }) => id)).toEqual(pinnedAt ? [messageId] : []);
});
