import { uuidv7 } from "uuidv7";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makePeople,
  makePerson,
  makeRoom,
  makeSession,
  type TestPerson,
  type TestRoom,
} from "../harness/people";

/** One organization with its people and rooms. */
export interface Team {
  organizationId: string;
  /** A member of every room from the start, never removed. */
  owner: Teammate;
  people: Teammate[];
  /** A guest who only shares a room of their own with the owner. */
  visitor: Teammate;
  /** Only admins may post in the first one. The last but one is open to the group, the last one is public. */
  rooms: TestRoom[];
  /** A group of all but the owner, which opens the last room but one. */
  groupId: string;
  groupHandle: string;
}

/** Everybody of a team. */
export const everybodyOf = ({ owner, people, visitor }: Team): Teammate[] => [owner, ...people, visitor];

export interface Teammate extends TestPerson {
  /** Unused sessions for signing in again, each of a login of its own. */
  spareSessions: { sessionId: string; loginId: string }[];
  /** The same human in the other organization. Their spare sessions belong to the same logins, because they have one account. */
  twin?: Teammate;
}

const peopleEach = 5;
const spareEach = 12;

/**
 * Creates organizations with everybody in every room. All rooms but two are private, so that only members may read them. In one
 * of them, only the owner and the organization's admins may post. The first of the people is an admin.
 */
export async function createTeams(count: number): Promise<Team[]> {
  const teams: Team[] = [];
  for (let number = 1; number <= count; number++) {
    const organization = await makeOrganization();
    const wanted = Array.from({ length: peopleEach }, (_, at) => {
      return { name: `Person ${number}.${at + 1}`, role: at === 0 ? ("admin" as const) : ("member" as const) };
    });
    const people = await makePeople(organization, wanted);
    const visitor = await makePerson(organization, { name: `Person ${number}.0`, role: "guest" });
    const rooms: TestRoom[] = [await makeRoom(organization, { access: "private", postingPolicy: "moderators" })];
    for (let more = 0; more < 3; more++) rooms.push(await makeRoom(organization, { access: "private" }));
    const groupId = await makeGroup(organization, people);
    const { handle: groupHandle } = await db().group.findUniqueOrThrow({ where: { id: groupId } });
    const opened = await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
    rooms.push(opened, await makeRoom(organization, { access: "public" }));
    const { room: guestRoom } = await as(organization.owner).do("room.create", { name: "visitors", access: "private" });
    await as(organization.owner).do("membership.add", { roomId: guestRoom.id, personIds: [visitor.id] });
    const [owner, guest, ...teammates] = (await Promise.all(
      [organization.owner, visitor, ...people].map(withSpares),
    )) as [Teammate, Teammate, ...Teammate[]];
    for (const room of rooms) {
      await joinAs("admin", room, owner);
      await joinAs("member", room, ...people);
    }
    // They are there only through the group, except the owner.
    await db().membership.updateMany({ where: { roomId: opened.id, role: "member" }, data: { isFollowing: true } });
    teams.push({
      organizationId: organization.id,
      owner,
      people: teammates,
      visitor: guest,
      rooms,
      groupId,
      groupHandle,
    });
  }
  const [one, other] = teams.map(({ people }) => people.at(-1));
  if (one && other) await joinAccounts(one, other);
  return teams;
}

/** Makes two people of different organizations one human: they get one account, and each spare login is signed in to both. */
async function joinAccounts(one: Teammate, other: Teammate): Promise<void> {
  const { accountId, email } = one;
  const { id: personId, organizationId } = other;
  await db().login.deleteMany({ where: { accountId: other.accountId } });
  await db().person.update({ where: { id: personId }, data: { accountId } });
  await db().account.delete({ where: { id: other.accountId } });
  Object.assign(other, { accountId, email, sessionId: await makeSession({ ...other, accountId }), spareSessions: [] });
  const expiresAt = new Date(Date.now() + 86_400_000);
  for (const { loginId } of one.spareSessions) {
    const sessionId = uuidv7();
    await db().session.create({ data: { id: sessionId, organizationId, personId, loginId, expiresAt } });
    other.spareSessions.push({ sessionId, loginId });
  }
  Object.assign(one, { twin: other });
  Object.assign(other, { twin: one });
}

async function withSpares(person: TestPerson): Promise<Teammate> {
  const spareSessions: Teammate["spareSessions"] = [];
  for (let made = 0; made < spareEach; made++) {
    const loginId = await makeSession(person);
    spareSessions.push({ sessionId: loginId, loginId });
  }
  return { ...person, spareSessions };
}
