import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { nameKey } from "@/lib/contract/alike";
import type { Answer, ErrorCode } from "@/lib/contract/errors";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import type { OrganizationRole } from "@/lib/contract/person";
import type { RoomRole } from "@/lib/contract/room";
import { handlers } from "@/lib/domain/index";
import { type Caller, findActor } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { execute, newRequestId } from "@/lib/server/execute";
import type { Handler } from "@/lib/server/handler";
import { hashPassword } from "@/lib/server/secret";

// People, groups and rooms written straight into the database: each test makes its own, so all run side by side on one.

export interface Organization {
  id: string;
  owner: TestPerson;
}
export interface TestPerson {
  id: string;
  organizationId: string;
  accountId: string;
  /** The login they ask through. */
  sessionId: string;
  name: string;
  email: string;
}
export interface TestRoom {
  id: string;
  organizationId: string;
  name: string;
}
/** Nobody is signed in; asks from an address of their own, so that limits by address are theirs alone. */
export interface Nobody {
  sessionId: null;
  address: string;
}

const dayMs = 86_400_000;
// Digits, so that nobody is found by a handle who is looked for by name.
const handle = () => `h${randomInt(1e12)}`;
const letters = () => randomBytes(6).toString("hex");

/** A fresh organization and its owner, who is in no room. */
export async function makeOrganization(): Promise<Organization> {
  const id = uuidv7();
  await db().organization.create({ data: { id, name: `Organization ${letters()}`, epoch: randomUUID() } });
  return { id, owner: await makePerson({ id }, { role: "owner", name: "Olga Owner" }) };
}

/** Who somebody is to be. Only those who are given a password can sign in with one. */
export interface Wanted {
  role?: OrganizationRole;
  name?: string;
  password?: string;
}

/** Somebody with an account and a login. */
export async function makePerson(organization: { id: string }, wanted: Wanted = {}): Promise<TestPerson> {
  const [person] = await makePeople(organization, [wanted]);
  return person as TestPerson;
}

/** Many people in three statements. */
export async function makePeople(organization: { id: string }, wanted: Wanted[]): Promise<TestPerson[]> {
  const organizationId = organization.id;
  const people = wanted.map(({ name = "Mia Member" }) => ({
    id: uuidv7(),
    organizationId,
    accountId: uuidv7(),
    sessionId: uuidv7(),
    name,
    email: `${letters()}@example.org`,
  }));
  const hashes = await Promise.all(wanted.map(async ({ password }) => (password ? hashPassword(password) : "none")));
  await db().account.createMany({
    data: people.map(({ accountId: id, email }, index) => ({ id, email, passwordHash: hashes[index] as string })),
  });
  await db().person.createMany({
    data: people.map(({ id, accountId, name }, index) => {
      return { id, organizationId, accountId, name, role: wanted[index]?.role ?? "member", handle: handle() };
    }),
  });
  const expiresAt = new Date(Date.now() + dayMs);
  await db().session.createMany({
    data: people.map(({ id: personId, sessionId: id }) => ({ id, organizationId, personId, expiresAt })),
  });
  return people;
}

/** One more login of somebody; good for a day. Returns its id. */
export async function makeSession(
  { id: personId, organizationId }: { id: string; organizationId: string },
  { expiresAt = new Date(Date.now() + dayMs), lastUsedAt = new Date() } = {},
): Promise<string> {
  const id = uuidv7();
  await db().session.create({ data: { id, organizationId, personId, expiresAt, lastUsedAt } });
  return id;
}

/** A group of these people. Returns its id. */
export async function makeGroup(organization: { id: string }, people: TestPerson[] = []): Promise<string> {
  const [id, organizationId] = [uuidv7(), organization.id];
  await db().group.create({ data: { id, organizationId, name: `Group ${letters()}`, handle: letters() } });
  await db().groupMember.createMany({
    data: people.map(({ id: personId }) => ({ organizationId, groupId: id, personId })),
  });
  return id;
}

/** A room with nobody in it and nothing in its log. */
export async function makeRoom(
  organization: { id: string },
  {
    groupIds = [],
    ...given
  }: {
    name?: string;
    access?: "public" | "restricted" | "private";
    postingPolicy?: "everyone" | "moderators";
    joinsEveryone?: boolean;
    archivedAt?: Date;
    groupIds?: string[];
  } = {},
): Promise<TestRoom> {
  const [id, organizationId, name] = [uuidv7(), organization.id, given.name ?? `Room ${letters()}`];
  await db().room.create({ data: { ...given, id, organizationId, name, nameKey: nameKey(name) } });
  if (groupIds.length > 0)
    await db().roomGroup.createMany({ data: groupIds.map((groupId) => ({ organizationId, roomId: id, groupId })) });
  return { id, organizationId, name };
}

/** Puts people into a room as it is now, everything read, without a word in its log. */
export async function joinAs(role: RoomRole, room: TestRoom, ...people: { id: string }[]): Promise<void> {
  const { id: roomId, organizationId } = room;
  const { clock } = await db().room.findUniqueOrThrow({ where: { id: roomId }, select: { clock: true } });
  const data = people.map(({ id: personId }) => ({
    organizationId,
    roomId,
    personId,
    role,
    joinedSeq: clock,
    lastReadSeq: clock,
  }));
  await db().membership.createMany({ data });
}

/** Fills an empty room with so many messages of somebody's, at once: for what is only seen beyond a number of them. */
export async function fillRoom(
  { id: roomId, organizationId }: TestRoom,
  author: { id: string },
  count: number,
  body?: string,
) {
  const data = Array.from({ length: count }, (_, n) => {
    return {
      id: uuidv7(),
      organizationId,
      roomId,
      authorId: author.id,
      body: body ?? `Message ${n + 1}`,
      seq: n + 1,
      changedSeq: n + 1,
    };
  });
  await db().message.createMany({ data });
  await db().room.update({ where: { id: roomId }, data: { clock: count } });
}

export function nobody(): Nobody {
  return { sessionId: null, address: `nowhere-${letters()}` };
}

/** Who asks, found through their login at this moment as both doors do it. */
export async function callerOf(who: TestPerson | Nobody): Promise<Caller> {
  const actor = who.sessionId === null ? null : await findActor(who.sessionId);
  const address = who.sessionId === null ? who.address : "192.0.2.1";
  return { actor, address, userAgent: "a test", requestId: newRequestId() };
}

/** Asks as somebody: `ask` for the answer, `do` for what it says when it must succeed, `send` for what no contract allows. */
export function as(who: TestPerson | Nobody) {
  const send = async (name: OperationName, raw: unknown): Promise<Answer<unknown>> =>
    execute(handlers[name] as Handler, await callerOf(who), raw);
  const ask = async <N extends OperationName>(name: N, input: Input<N>) =>
    (await send(name, input)) as Answer<Output<N>>;
  return {
    send,
    ask,
    async do<N extends OperationName>(name: N, input: Input<N>): Promise<Output<N>> {
      const answer = await ask(name, input);
      if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.error)}`);
      return answer.data;
    },
  };
}

/** How an answer turned out: "ok", or the code of the refusal. */
export function outcome(answer: Answer<unknown>): "ok" | ErrorCode {
  return answer.ok ? "ok" : answer.error.code;
}
