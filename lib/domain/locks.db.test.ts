// Every operation takes its locks in the same order (docs/decisions/0035).
import { afterAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { defaultRooms } from "@/lib/contract/default-rooms";
import { type OperationName, operations } from "@/lib/contract/index";
import { handlers } from "@/lib/domain/index";
import { sendOne } from "@/lib/domain/message/send-one";
import { lockRoom } from "@/lib/domain/room/find";
import { begin } from "@/lib/domain/session/begin";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import { db, type Tx } from "@/lib/server/db";
import { execute } from "@/lib/server/execute";
import { type Handler, handle } from "@/lib/server/handler";
import { touchOrganization } from "@/lib/server/touch";
import { endHolders, lateLocks, type Lock, locksOf } from "@/tests/harness/lock-order";
import { as, callerOf, joinAs, makeOrganization, makeRoom, makeSession, outcome } from "@/tests/harness/people";
import { makeWorld, ownersPassword, samples, type World } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here
afterAll(endHolders);

const names = Object.keys(operations) as OperationName[];
const kindsOf = (locks: Lock[]) => locks.map(({ kind }) => kind);
/** The kinds of locks that each operation took. */
const taken = new Map<OperationName, string[]>();

it.each(names)("%s takes its locks in the one order", { timeout: 30_000 }, async (name) => {
  const world = await makeWorld({ withPasswords: name === "password.change" });
  const ask = () => as(world.owner).send(name, samples[name](world));
  const { locks, result } = await locksOf([world.organization.id], ask);
  expect(outcome(result)).toBe(name === "organization.setup" ? "gone" : "ok");
  expect(lateLocks(locks)).toEqual([]);
  taken.set(name, kindsOf(locks));
});

it("Operations took locks of every kind, and a send and a change of a session ended with the proof", () => {
  // The sample is a reply. The batch passes over it, because its follow is locked. Then it is sent alone, and waits for the follow
  // before it takes the proof.
  expect(taken.get("message.send")).toEqual(["Room", "proof", "elsewhere"]);
  expect(taken.get("membership.remove")).toEqual(["Room", "Membership", "PersonLog", "OrganizationLog"]);
  expect(taken.get("session.revoke")).toEqual(["elsewhere", "proof", "Organization"]);
  expect(taken.get("room.create")).toEqual(["names", "Group", "PersonLog", "PersonLog", "OrganizationLog"]);
  expect(taken.get("group.removeMembers")).toEqual([
    "Group",
    "Room",
    "elsewhere",
    "Membership",
    "PersonLog",
    "OrganizationLog",
  ]);
});

/** Cases that the samples do not cover: several locks of one kind, and transactions besides an operation's own. */
const cases: Record<string, (world: World) => Promise<() => Promise<unknown>>> = {
  "Adding people who are named in the wrong order": async ({ room, owner, outsider, removed }) => {
    const personIds = [outsider.id, removed.id].toSorted().toReversed();
    return () => as(owner).do("membership.add", { roomId: room.id, personIds });
  },
  "Adding the admins to a new room": async ({ owner }) => {
    const [admins] = defaultRooms.filter(({ access, group }) => access === "restricted" && !group);
    return () => as(owner).do("organization.addRooms", { rooms: [{ name: admins?.name ?? "" }] });
  },
  "Accepting an invite to several rooms": async ({ organization, owner, room, openRoom, inviteId, inviteToken }) => {
    await db().room.update({ where: { id: openRoom.id }, data: { joinsEveryone: true } });
    await db().inviteRoom.create({ data: { organizationId: organization.id, inviteId, roomId: room.id } });
    const input = { token: inviteToken, name: "Nina", email: `${uuidv7()}@example.org`, password: ownersPassword };
    return () => as(owner).do("invite.accept", input);
  },
  "Reading a room": async ({ room, member }) => {
    return () => as(member).do("room.read", { roomId: room.id, upToSeq: 1 });
  },
  "Changing several people": async ({ organization, member, owner }) => {
    const ids = [owner.id, member.id].toSorted().toReversed();
    await db().organizationLog.createMany({ data: { organizationId: organization.id }, skipDuplicates: true });
    return () => db().$transaction((tx) => touchOrganization(tx, organization.id, ids));
  },
  "Sending a message in a transaction of its own": async ({ room, owner }) => {
    const actor = (await callerOf(owner)).actor as Actor;
    return () =>
      sendOne({ actor, roomId: room.id, id: uuidv7(), body: "Hello", replyToId: null, receivedAt: performance.now() });
  },
  "Replying in a transaction of its own": async ({ room, owner, messageId }) => {
    const actor = (await callerOf(owner)).actor as Actor;
    const reply = { actor, roomId: room.id, threadId: messageId, replyToId: null, id: uuidv7(), body: "Hello" };
    return () => sendOne({ ...reply, receivedAt: performance.now() });
  },
  "Sending in several rooms at once": async ({ room, openRoom, owner, member }) => {
    await joinAs("member", openRoom, owner, member);
    const send = (who: typeof owner, roomId: string) => as(who).do("message.send", { roomId, body: "Hello" });
    return () => Promise.all([openRoom, room].flatMap(({ id }) => [send(member, id), send(owner, id)]));
  },
  "Signing in once too often": async ({ owner }) => {
    for (let count = 0; count < 101; count++) await makeSession(owner);
    const caller = { actor: null, address: "198.51.100.1", cookies: null, userAgent: "a test", requestId: "" };
    return () => begin({ email: owner.email, password: ownersPassword }, caller);
  },
};

it.each(Object.entries(cases))("%s takes locks in the one order", { timeout: 30_000 }, async (_, make) => {
  const world = await makeWorld({ withPasswords: true });
  const { locks } = await locksOf([world.organization.id], await make(world));
  expect(lateLocks(locks)).toEqual([]);
  expect(locks.length).toBeGreaterThan(1);
});

it("Changing a password that counts in two organizations moves their proofs in the order of their ids", {
  timeout: 30_000,
}, async () => {
  const earlier = await makeOrganization();
  const world = await makeWorld({ withPasswords: true });
  const { accountId } = world.owner;
  const twin = { id: uuidv7(), organizationId: earlier.id, accountId, name: "Otto", handle: "otto" };
  await db().person.create({ data: twin });
  await makeSession(twin);
  const change = () => as(world.owner).do("password.change", { current: ownersPassword, next: "another password" });
  const { locks } = await locksOf([earlier.id, world.organization.id], change);
  const proofs = locks.filter(({ kind }) => kind === "proof").map(({ key }) => key);
  expect(proofs).toEqual([earlier.id, world.organization.id]);
  expect(lateLocks(locks)).toEqual([]);
});

const lockPerson = (tx: Tx, id: string) =>
  tx.$queryRaw`SELECT 1 FROM "Person" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
const lockProof = (tx: Tx, id: string) => tx.$queryRaw`SELECT "proofOf"(${id}::uuid)`;
/** Handlers that take locks in the wrong order, and the violation that must be found. */
const wrong: Record<string, { found: RegExp; take: (tx: Tx, world: World, roomIds: string[]) => Promise<unknown> }> = {
  "a person before a room": {
    found: /^Room \S+ after Person /,
    take: async (tx, { owner, room }) => {
      await lockPerson(tx, owner.id);
      await lockRoom(tx, owner.organizationId, room.id);
    },
  },
  "rooms in the wrong order": {
    found: /^Room \S+ after Room /,
    take: async (tx, { owner }, roomIds) => {
      for (const id of roomIds.toReversed()) await lockRoom(tx, owner.organizationId, id);
    },
  },
  "a session after the proof": {
    found: /^elsewhere \S+ after proof /,
    take: async (tx, { owner, otherSessionId }) => {
      await lockProof(tx, owner.organizationId);
      await tx.session.update({ where: { id: otherSessionId }, data: { userAgent: "" } });
    },
  },
};

it.each(Object.entries(wrong))("A handler that locks %s is found", { timeout: 30_000 }, async (_, { found, take }) => {
  const world = await makeWorld();
  const another = await makeRoom(world.organization);
  const handler = handle(operations["room.type"], {
    mode: "write",
    load: async ({ tx }) => ({ done: await take(tx, world, [world.room.id, another.id]) }),
    allow: () => yes,
    run: async () => ({}),
  });
  const caller = await callerOf(world.owner);
  const ask = () => execute(handler as Handler, caller, samples["room.type"](world));
  const { locks, result } = await locksOf([world.organization.id], ask);
  expect(outcome(result)).toBe("ok");
  expect(lateLocks(locks)).toEqual([expect.stringMatching(found)]);
});

it("Every operation that changes something is among those tested", () => {
  const changing = names.filter((name) => handlers[name].mode === "write");
  expect(changing.length).toBeGreaterThan(10);
  for (const name of changing) expect(taken.has(name), name).toBe(true);
});
