// Creates people and rooms for the browser tests, and calls the server for them without a browser.
import { uuidv7 } from "uuidv7";
import { joinAs, makeOrganization, makePeople, makeRoom, type TestPerson, type TestRoom } from "@/tests/harness/people";
import { data, type Login, loginWith } from "@/tests/harness/login";
import { nameKey } from "@/lib/contract/alike";
import { newFigures } from "@/lib/domain/room/figures";
import { cookieNameIn } from "@/lib/server/cookie-name";
import { db } from "@/lib/server/db";
import { makeTokenSigner } from "@/lib/server/signed-token";

export interface Team {
  organization: { id: string; name: string; handle: string };
  /** Owner of the organization and admin of the room. */
  ada: TestPerson;
  /** Member of both. */
  bo: TestPerson;
  room: TestRoom;
}

/** Two people, Ada and Bo, and a room that both are in. */
export async function makeTeam({ room: name = "lighthouse", topic = "" } = {}): Promise<Team> {
  const { id } = await makeOrganization();
  const [ada, bo] = (await makePeople({ id }, [{ name: "Ada Lovelace", role: "owner" }, { name: "Bo Larsen" }])) as [
    TestPerson,
    TestPerson,
  ];
  const organization = await db().organization.update({ where: { id }, data: { name: "Larkfield" } });
  const room = await makeRoom(organization, { name });
  if (topic) await db().room.update({ where: { id: room.id }, data: { topic } });
  await joinAs("admin", room, ada);
  await joinAs("member", room, bo);
  return { organization, ada, bo, room };
}

/** An organization with one person in it, as the set-up leaves it: its owner, in General. */
export async function makeAlone(): Promise<Omit<Team, "bo">> {
  const { id, owner } = await makeOrganization();
  const organization = await db().organization.update({ where: { id }, data: { name: "Larkfield" } });
  const { name } = await db().person.update({ where: { id: owner.id }, data: { name: "Ada Lovelace" } });
  const ada = { ...owner, name };
  const room = await makeRoom(organization, { name: "General", joinsEveryone: true });
  await joinAs("admin", room, ada);
  return { organization, ada, room };
}

/** Adds a room to a team, with these people in it. */
export async function addRoom(
  { organization }: Pick<Team, "organization">,
  options: Parameters<typeof makeRoom>[1],
  ...people: TestPerson[]
): Promise<TestRoom> {
  const room = await makeRoom(organization, options);
  await db().roomFigures.create({ data: { organizationId: organization.id, roomId: room.id, ...newFigures } });
  const [first, ...others] = people;
  if (first) await joinAs("admin", room, first);
  await joinAs("member", room, ...others);
  return room;
}

/** Adds many rooms to a team at once, with one person in all of them. */
export async function addRooms({ organization }: Pick<Team, "organization">, names: string[], person: TestPerson) {
  const rooms = names.map((name) => ({ id: uuidv7(), organizationId: organization.id, name, nameKey: nameKey(name) }));
  await db().room.createMany({ data: rooms });
  await db().membership.createMany({
    data: rooms.map(({ id: roomId, organizationId }) => ({ roomId, organizationId, personId: person.id })),
  });
  return rooms;
}

/** The environment variables that the test run sets: the server's address, AUTH_SECRET and the database's address. */
export function given(name: "E2E_BASE_URL" | "AUTH_SECRET" | "DATABASE_URL"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with npm run e2e.`);
  return value;
}

/** The server of the run. */
export const theServer = (): { url: string } => ({ url: given("E2E_BASE_URL") });

/** The name of the session cookie of the run's servers. */
export const sessionCookie = (): string =>
  cookieNameIn({ authSecret: given("AUTH_SECRET"), publicUrl: new URL(given("E2E_BASE_URL")) }, "session");

/** The value of the session cookie with which this person is signed in. */
export function sessionToken({ sessionId, accountId }: TestPerson): string {
  return makeTokenSigner(given("AUTH_SECRET"), "session").sign([sessionId, accountId], 86_400);
}

/** Calls the server over HTTP with a person's login. */
export async function programOf(person: TestPerson, { url } = theServer()): Promise<Login> {
  return loginWith(url, `${sessionCookie()}=${sessionToken(person)}`);
}

/** Archives a room directly in the database, or opens it again, and moves the room's clock as every change does. */
export async function archive({ id }: TestRoom, archivedAt: Date | null): Promise<void> {
  await db().$executeRaw`UPDATE "Room" SET "archivedAt" = ${archivedAt}, clock = clock + 1, "changedSeq" = clock + 1
    WHERE id = ${id}::uuid`;
}

/** Sends messages to the team's room as one of its people, one after another. */
export async function sayAs(person: TestPerson, { room }: Pick<Team, "room">, texts: string[]): Promise<void> {
  const program = await programOf(person);
  for (const body of texts) data(await program.rest("message.send", { roomId: room.id, body }));
}
