import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { z } from "zod";
import { type OperationName, operations } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { as, makeOrganization } from "@/tests/harness/people";
import { makeWorld, samples } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

const names = Object.keys(operations) as OperationName[];
const ids = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
/** Of things that exist: an intent is named by whoever asks. */
const takesIds = (name: OperationName) => {
  const { properties } = z.toJSONSchema(operations[name].input, { io: "input", unrepresentable: "any" });
  return JSON.stringify({ ...properties, intentId: null }).includes("uuid");
};
const withIds = names.filter(
  (name) =>
    takesIds(name) &&
    /"(roomIds?|personIds?|messageId|inviteId|sessionId|groupIds|ids|rooms)"/.test(
      JSON.stringify(Object.keys(operations[name].input.shape)),
    ),
);

it.each(withIds)(
  "%s answers about another organization's ids as about ids that nobody has",
  { timeout: 60_000 },
  async (name) => {
    const [here, there] = [await makeWorld(), await makeWorld()];
    // Each id gives way to one and the same other, also where an answer repeats it.
    const question = JSON.stringify(samples[name](there));
    const named = new Map([...new Set(question.match(ids))].map((id) => [id, uuidv7()]));
    const unknown = (text: string) => text.replace(ids, (id) => named.get(id) ?? id);
    const real = await as(here.owner).send(name, JSON.parse(question));
    const none = await as(here.owner).send(name, JSON.parse(unknown(question)));
    expect(unknown(JSON.stringify(real))).toBe(JSON.stringify(none));
  },
);

it("Everything somebody lists is of their own organization", async () => {
  const [here, there] = [await makeWorld(), await makeWorld()];
  const foreign = [
    there.room,
    there.openRoom,
    ...Object.values(there).filter((value) => typeof value === "object"),
  ].flatMap((value) => ("id" in value ? [value.id] : []));
  const listed = async (who: typeof here.owner) => {
    const me = as(who);
    const lists = [
      me.do("room.list", {}),
      me.do("person.list", { limit: 200 }),
      me.do("group.list", {}),
      me.do("invite.list", {}),
      me.do("session.list", {}),
      me.do("home.show", {}),
    ];
    return JSON.stringify(await Promise.all(lists));
  };
  expect(foreign.length).toBeGreaterThan(8);
  const [mine, theirs] = [await listed(here.owner), await listed(there.owner)];
  expect(foreign.some((id) => theirs.includes(id))).toBe(true);
  expect(foreign.filter((id) => mine.includes(id))).toEqual([]);
});

it("The database itself refuses a row that ties two organizations together", async () => {
  const [here, there] = [await makeWorld(), await makeWorld()];
  const organizationId = here.organization.id;
  const [roomId, personId, groupId, inviteId] = [here.openRoom.id, here.member.id, here.groupId, here.inviteId];
  const theirs = {
    roomId: there.openRoom.id,
    personId: there.admin.id,
    groupId: there.groupId,
    inviteId: there.inviteId,
  };
  const expiresAt = new Date(Date.now() + 60_000);
  const message = (given: { roomId: string; authorId: string }, seq: number) =>
    db().message.create({ data: { id: uuidv7(), organizationId, body: "Hello", seq, changedSeq: seq, ...given } });
  const ties: Record<string, (given: typeof theirs, n: number) => Promise<unknown>> = {
    "membership of a room": (given) =>
      db().membership.create({ data: { organizationId, roomId: given.roomId, personId } }),
    "membership of a person": (given) =>
      db().membership.create({ data: { organizationId, roomId: here.room.id, personId: given.personId } }),
    "message in a room": (given, n) => message({ roomId: given.roomId, authorId: personId }, 100 + n),
    "message by a person": (given, n) => message({ roomId, authorId: given.personId }, 200 + n),
    "person in a group": (given) =>
      db().groupMember.create({ data: { organizationId, groupId, personId: given.personId } }),
    "group of a person": (given) =>
      db().groupMember.create({ data: { organizationId, groupId: given.groupId, personId: here.outsider.id } }),
    "room open to a group": (given) =>
      db().roomGroup.create({ data: { organizationId, roomId, groupId: given.groupId } }),
    "group opening a room": (given) =>
      db().roomGroup.create({ data: { organizationId, roomId: given.roomId, groupId } }),
    "room of an invite": (given) =>
      db().inviteRoom.create({ data: { organizationId, inviteId, roomId: given.roomId } }),
    "group of an invite": (given) =>
      db().inviteGroup.create({ data: { organizationId, inviteId, groupId: given.groupId } }),
    "invite by a person": (given) =>
      db().invite.create({ data: { id: uuidv7(), organizationId, tokenHash: uuidv7(), creatorId: given.personId } }),
    "login of a person": (given) =>
      db().session.create({ data: { id: uuidv7(), organizationId, personId: given.personId, expiresAt } }),
    "password link of a person": (given) =>
      db().passwordReset.create({
        data: { id: uuidv7(), organizationId, personId: given.personId, tokenHash: uuidv7(), expiresAt },
      }),
  };
  const ours = { roomId, personId: here.admin.id, groupId, inviteId };
  for (const [what, tie] of Object.entries(ties)) {
    await expect.soft(tie(theirs, 1), what).rejects.toMatchObject({ code: "P2003" });
    // Rows of one organization are taken; one that stands already is refused for that alone.
    await expect
      .soft(
        tie(ours, 2).then(
          () => "taken",
          (error: { code: string }) => error.code,
        ),
        what,
      )
      .resolves.toMatch(/taken|P2002/);
  }
});

it("Somebody of another organization is not found through any place they share by name", async () => {
  const there = await makeOrganization();
  const here = await makeOrganization();
  const { people } = await as(here.owner).do("person.list", { query: "Olga" });
  expect(people.map((person) => person.id)).toEqual([here.owner.id]);
  expect(people.map((person) => person.id)).not.toContain(there.owner.id);
});
