import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { nameKey } from "@/lib/contract/alike";
import type { Answer, ErrorCode } from "@/lib/contract/errors";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import type { OrganizationRole } from "@/lib/contract/person";
import type { RoomRole } from "@/lib/contract/room-role";
import { handlers } from "@/lib/domain/index";
import { type Caller, findActor } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { execute, newRequestId } from "@/lib/server/execute";
import type { Handler } from "@/lib/server/handler";
import { hashPassword } from "@/lib/server/secret";

// Writes people, groups and rooms directly into the database. Each test makes its own, so that all can run in parallel.

export interface Organization {
  id: string;
  /** Names it in addresses. */
  handle: string;
  owner: TestPerson;
}
export interface TestPerson {
  id: string;
  organizationId: string;
  accountId: string;
  /** The session with which they call operations. It is the first of its login, so the login has the same id. */
  sessionId: string;
  name: string;
  email: string;
}
export interface TestRoom {
  id: string;
  organizationId: string;
  name: string;
}
/** A caller who is not signed in. Each has their own address, so that they share no rate limit. */
export interface Nobody {
  sessionId: null;
  address: string;
}

const dayMs = 86_400_000;
/** How long a session may go unused, in milliseconds, if nobody has changed the organization's settings. */
export const maxIdleMs = 14 * dayMs;
// Only digits, so that a search for a name never finds a handle.
const personHandle = () => `h${randomInt(1e12)}`;
const letters = () => randomBytes(6).toString("hex");

/** The handle of a test's organization. */
export const handleOf = (organizationId: string): string => `o-${organizationId.slice(-12)}`;

/** A new organization with an owner, who is in no room. */
export async function makeOrganization(): Promise<Organization> {
  const { people, ...organization } = await makeOrganizationOf([{ role: "owner", name: "Olga Owner" }]);
  return { ...organization, owner: people[0] };
}

/** One for each in a list. */
type Each<List extends readonly unknown[], One> = { -readonly [At in keyof List]: One };

/** A new organization with these people, who are in no room. */
export async function makeOrganizationOf<const List extends readonly Wanted[]>(
  wanted: List,
): Promise<{ id: string; handle: string; people: Each<List, TestPerson> }> {
  const id = uuidv7();
  const handle = handleOf(id);
  await db().organization.create({ data: { id, name: `Organization ${letters()}`, handle, epoch: randomUUID() } });
  return { id, handle, people: (await makePeople({ id }, wanted)) as Each<List, TestPerson> };
}

/** The properties of a new person. Without a password they cannot sign in with one. */
export interface Wanted {
  role?: OrganizationRole;
  name?: string;
  password?: string;
}

/** A person with an account and a login. */
export async function makePerson(organization: { id: string }, wanted: Wanted = {}): Promise<TestPerson> {
  const [person] = await makePeople(organization, [wanted]);
  return person as TestPerson;
}

/** Many people, created with four statements. */
export async function makePeople(organization: { id: string }, wanted: readonly Wanted[]): Promise<TestPerson[]> {
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
      return { id, organizationId, accountId, name, role: wanted[index]?.role ?? "member", handle: personHandle() };
    }),
  });
  const expiresAt = new Date(Date.now() + dayMs);
  await db().login.createMany({ data: people.map(({ sessionId: id, accountId }) => ({ id, accountId })) });
  await db().session.createMany({
    data: people.map(({ id: personId, sessionId: id }) => ({ id, organizationId, personId, loginId: id, expiresAt })),
  });
  return people;
}

/** Notes that the address of somebody's account is theirs, as if they had used a link that was sent to it. */
export async function proveAddress({ accountId: id }: Pick<TestPerson, "accountId">): Promise<void> {
  await db().account.update({ where: { id }, data: { emailProvenAt: new Date() } });
}

/**
 * The same human in another organization: a second person of their account. Their login is signed in there, too, with a session
 * of its own.
 */
export async function joinOrganization(
  { accountId, sessionId: loginId, email, name }: TestPerson,
  { id: organizationId }: { id: string },
  role: OrganizationRole = "member",
): Promise<TestPerson> {
  const [id, sessionId] = [uuidv7(), uuidv7()];
  await db().person.create({ data: { id, organizationId, accountId, name, role, handle: personHandle() } });
  const expiresAt = new Date(Date.now() + dayMs);
  await db().session.create({ data: { id: sessionId, organizationId, personId: id, loginId, expiresAt } });
  return { id, organizationId, accountId, sessionId, name, email };
}

/** Another login of a person, with one session. By default it is valid for a day. Returns the id of both. */
export async function makeSession(
  { id: personId, organizationId, accountId }: Pick<TestPerson, "id" | "organizationId" | "accountId">,
  { expiresAt = new Date(Date.now() + dayMs), lastUsedAt = new Date() } = {},
): Promise<string> {
  const id = uuidv7();
  await db().login.create({ data: { id, accountId } });
  await db().session.create({ data: { id, organizationId, personId, loginId: id, expiresAt, lastUsedAt } });
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

interface WantedRoom {
  name?: string;
  access?: "public" | "restricted" | "private";
  postingPolicy?: "everyone" | "moderators";
  joinsEveryone?: boolean;
  forAdmins?: boolean;
  archivedAt?: Date;
  groupIds?: readonly string[];
}

/** A room without members and messages. */
export async function makeRoom(organization: { id: string }, wanted: WantedRoom = {}): Promise<TestRoom> {
  const [room] = await makeRooms(organization, [wanted]);
  return room;
}

/** Many of them, created with at most two statements. */
export async function makeRooms<const List extends readonly WantedRoom[]>(
  { id: organizationId }: { id: string },
  wanted: List,
): Promise<Each<List, TestRoom>> {
  const rooms = wanted.map(({ name = `Room ${letters()}`, groupIds = [], ...rest }) => {
    return { id: uuidv7(), organizationId, name, groupIds, rest };
  });
  await db().room.createMany({
    data: rooms.map(({ id, name, rest }) => ({ ...rest, id, organizationId, name, nameKey: nameKey(name) })),
  });
  const groups = rooms.flatMap(({ id, groupIds }) => {
    return groupIds.map((groupId) => ({ organizationId, roomId: id, groupId }));
  });
  if (groups.length > 0) await db().roomGroup.createMany({ data: groups });
  return rooms.map(({ id, name }) => ({ id, organizationId, name })) as Each<List, TestRoom>;
}

/** Makes people members of a room, with everything read and no notice in its log. */
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

export function nobody(): Nobody {
  return { sessionId: null, address: `nowhere-${letters()}` };
}

/** The caller, looked up by their login as the server does for each request. */
export async function callerOf(who: TestPerson | Nobody): Promise<Caller> {
  const actor = who.sessionId === null ? null : await findActor(who.sessionId);
  const address = who.sessionId === null ? who.address : "192.0.2.1";
  return { actor, address, userAgent: "a test", requestId: newRequestId() };
}

/**
 * Calls operations as a person. `ask` returns the answer, `do` returns its data and throws if it is an error, and `send`
 * accepts any name and input.
 */
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

/** "ok", or the error code of an answer. */
export function outcome(answer: Answer<unknown>): "ok" | ErrorCode {
  return answer.ok ? "ok" : answer.error.code;
}

/** A room with an admin (Ada), a moderator (Moe), a member (Mia) and a guest (Gus). The owner (Olga) and Otto are not in it. */
export async function makeStaffedRoom(wanted: Parameters<typeof makeRoom>[1] = {}) {
  const { id, people } = await makeOrganizationOf([
    { role: "owner", name: "Olga" },
    { name: "Ada" },
    { name: "Moe" },
    { name: "Mia" },
    { role: "guest", name: "Gus" },
    { name: "Otto" },
  ]);
  const [owner, ada, moe, mia, guest, outsider] = people;
  const room = await makeRoom({ id }, wanted);
  await joinAs("admin", room, ada);
  await joinAs("moderator", room, moe);
  await joinAs("member", room, mia, guest);
  return { organization: { id }, owner, ada, moe, mia, guest, outsider, room, roomId: room.id };
}
