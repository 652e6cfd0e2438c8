// Every write to a row of a log must give the row a new tick of that log. Otherwise clients would not receive the change.
import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { handlers } from "@/lib/domain/index";
import { yes } from "@/lib/policy/decision";
import { execute } from "@/lib/server/execute";
import { type Handler, handle } from "@/lib/server/handler";
import { db, type Tx } from "@/lib/server/db";
import { comparedTables, type Row, rowsOfLogs, unticked } from "@/tests/harness/ticks";
import { as, callerOf, outcome } from "@/tests/harness/people";
import { makeWorld, samples, type World } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const names = Object.keys(operations) as OperationName[];
/** How many rows of logs each operation wrote. */
const written = new Map<OperationName, number>();

/** Runs `work`. Returns its result, the number of log rows that it wrote, and the rows that it wrote without a new tick. */
async function writesOf<T>(
  world: World,
  work: () => Promise<T>,
): Promise<{ result: T; wrote: number; without: Row[] }> {
  const before = await rowsOfLogs(world.organization.id);
  const result = await work();
  const { changed, without } = unticked(before, await rowsOfLogs(world.organization.id));
  return { result, wrote: changed.length, without };
}

it.each(names)("%s gives each row of a log that it writes a new tick", { timeout: 30_000 }, async (name) => {
  const world = await makeWorld({ withPasswords: name === "password.change" });
  const { result, wrote, without } = await writesOf(world, () => as(world.owner).send(name, samples[name](world)));
  expect(outcome(result)).toBe(name === "organization.setup" ? "gone" : "ok");
  expect(without).toEqual([]);
  written.set(name, wrote);
});

/** Cases that the samples do not cover. */
const cases: Record<string, (world: World) => Promise<unknown>> = {
  "Reading a room": ({ room, member }) => as(member).do("room.read", { roomId: room.id, upToSeq: 1 }),
  "Adding several people": ({ room, owner, outsider, removed }) =>
    as(owner).do("membership.add", { roomId: room.id, personIds: [outsider.id, removed.id] }),
  "Deleting a message with reactions": ({ messageId, owner }) => as(owner).do("message.delete", { messageId }),
  "Accepting an invite to a room": async ({ organization, owner, room, inviteId, inviteToken }) => {
    await db().inviteRoom.create({ data: { organizationId: organization.id, inviteId, roomId: room.id } });
    const input = { token: inviteToken, name: "Nina", email: `${uuidv7()}@example.org`, password: "a long password" };
    await as(owner).do("invite.accept", input);
  },
};

it.each(Object.entries(cases))("%s gives each row of a log that it writes a new tick", async (_, work) => {
  const world = await makeWorld();
  const { wrote, without } = await writesOf(world, () => work(world));
  expect(wrote).toBeGreaterThan(0);
  expect(without).toEqual([]);
});

it("Writing operations wrote rows of logs, and reads wrote none", () => {
  for (const name of ["message.send", "message.edit", "room.create", "membership.remove", "invite.accept"] as const) {
    expect(written.get(name), name).toBeGreaterThan(0);
  }
  for (const name of names.filter((each) => handlers[each].reads)) expect(written.get(name), name).toBe(0);
});

it("Every table whose rows have a tick is compared", async () => {
  const columns = await db().$queryRaw<{ table: string }[]>`
    SELECT DISTINCT table_name::text AS table FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = ANY(${["tick", "personTick", "inviterTick", "roomTick", "changedSeq"]})`;
  expect(columns.map(({ table }) => table).toSorted()).toEqual(comparedTables.toSorted());
});

/** Writes without a new tick, by kind of row. */
const forgetful: Record<string, (tx: Tx, world: World) => Promise<unknown>> = {
  message: (tx, { organization, messageId: id }) =>
    tx.message.update({ where: { organizationId_id: { organizationId: organization.id, id } }, data: { body: "New" } }),
  room: (tx, { room }) => tx.room.update({ where: { id: room.id }, data: { topic: "New" } }),
  reaction: (tx, { organization: { id: organizationId }, messageId }) =>
    tx.reaction.updateMany({ where: { organizationId, messageId }, data: { isGiven: false } }),
  "room's members": (tx, { room, outsider, organization }) =>
    tx.membership.create({ data: { roomId: room.id, personId: outsider.id, organizationId: organization.id } }),
  membership: (tx, { room, member }) =>
    tx.membership.update({
      where: { roomId_personId: { roomId: room.id, personId: member.id } },
      data: { role: "moderator" },
    }),
  "membership that is removed": (tx, { room, member }) =>
    tx.membership.delete({ where: { roomId_personId: { roomId: room.id, personId: member.id } } }),
  group: (tx, { groupId: id }) => tx.group.update({ where: { id }, data: { name: "New" } }),
  "group's members": (tx, { groupId, organization, outsider }) =>
    tx.groupMember.create({ data: { groupId, personId: outsider.id, organizationId: organization.id } }),
  invite: (tx, { roomInviteId: id }) => tx.roomInvite.update({ where: { id }, data: { state: "declined" } }),
  person: (tx, { member }) => tx.person.update({ where: { id: member.id }, data: { name: "New" } }),
  "list of sections": (tx, { owner }) => tx.personLog.update({ where: { personId: owner.id }, data: { sections: [] } }),
  "row of preferences": (tx, { owner }) =>
    tx.personLog.update({ where: { personId: owner.id }, data: { preferences: { messageLayout: "rows" } } }),
  draft: (tx, { member: { id: personId } }) => tx.draft.updateMany({ where: { personId }, data: { text: "More" } }),
  "choice of presence": (tx, { owner }) =>
    tx.personLog.update({ where: { personId: owner.id }, data: { presence: "dnd" } }),
  "list of blocked people": (tx, { organization, owner, member }) =>
    tx.block.create({ data: { organizationId: organization.id, blockerId: owner.id, blockedId: member.id } }),
  "thread that somebody follows": (tx, { owner, messageId: threadId }) =>
    tx.threadFollow.update({
      where: { personId_threadId: { personId: owner.id, threadId } },
      data: { readAtSeq: 100 },
    }),
  organization: (tx, { organization: { id } }) => tx.organization.update({ where: { id }, data: { name: "New" } }),
};

it.each(Object.entries(forgetful))("A write to a %s that forgets the tick is found", async (_, write) => {
  const world = await makeWorld();
  const handler = handle(operations["room.type"], {
    mode: "write",
    load: async () => ({}),
    allow: () => yes,
    // Not in `load`, which runs again after a long wait.
    run: async ({ tx }) => {
      await write(tx, world);
      return {};
    },
  });
  const caller = await callerOf(world.owner);
  const ask = () => execute(handler as Handler, caller, samples["room.type"](world));
  const { result, without } = await writesOf(world, ask);
  expect(outcome(result)).toBe("ok");
  expect(without.length).toBeGreaterThan(0);
});
