// The lists of the settings with many rooms and people: no sort and no filter reads all messages or memberships.
import pg from "pg";
import { uuidv7 } from "uuidv7";
import { beforeAll, expect, it } from "vitest";
import type { Input } from "@/lib/contract/index";
import { handlers } from "@/lib/domain/index";
import type { Actor } from "@/lib/server/actor";
import { db, type Tx } from "@/lib/server/db";
import { callerOf, makeGroup, makeOrganization, makePeople, makeRooms, type TestPerson } from "@/tests/harness/people";
import { countRooms } from "./room/figures";

const roomCount = 400;
const membersEach = 20;
let owner: TestPerson;
let groupId: string;

beforeAll(async () => {
  const organization = await makeOrganization();
  const { id: organizationId } = organization;
  owner = organization.owner;
  groupId = await makeGroup(organization, [owner]);
  const people = await makePeople(
    organization,
    Array.from({ length: 200 }, (_, at) => ({ name: `Person ${at}` })),
  );
  const rooms = await makeRooms(
    organization,
    Array.from({ length: roomCount }, (_, at) => ({ name: `Room ${at}` })),
  );
  for (let from = 0; from < roomCount; from += 200) {
    const some = rooms.slice(from, from + 200);
    const members = some.flatMap(({ id: roomId }, at) =>
      Array.from({ length: membersEach }, (_, place) => {
        const personId = people[(at * 7 + place) % people.length]?.id ?? "";
        return { organizationId, roomId, personId };
      }),
    );
    await db().membership.createMany({ data: members });
    const messages = some.flatMap(({ id: roomId }) =>
      Array.from({ length: membersEach }, (_, place) => {
        const seq = place + 1;
        return { id: uuidv7(), organizationId, roomId, authorId: owner.id, body: "Hello", seq, changedSeq: seq };
      }),
    );
    await db().message.createMany({ data: messages });
  }
  await db().room.updateMany({ where: { organizationId }, data: { clock: membersEach } });
  await countRooms(organizationId);
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL ?? "" });
  await client.connect();
  await client.query(`ANALYZE "Room", "Membership", "Message", "RoomFigures", "Person", "Session"`);
  await client.end();
}, 120_000);

/** How often each of these tables was read from its beginning to its end, also by earlier transactions of the connection. */
async function wholeReads(tx: Tx): Promise<Record<string, number>> {
  const rows = await tx.$queryRaw<{ name: string; count: number }[]>`
    SELECT relname AS name, seq_scan::int AS count FROM pg_stat_xact_user_tables
    WHERE relname IN ('Message', 'Membership') ORDER BY relname`;
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

async function list(name: "room.administer" | "person.administer", input: object): Promise<unknown[]> {
  const caller = await callerOf(owner);
  return db().$transaction(async (tx) => {
    const before = await wholeReads(tx);
    const given = handlers[name].operation.input.parse(input) as never;
    const context = { tx, actor: caller.actor as Actor, caller, input: given, receivedAt: performance.now() };
    const effects = { announce: {} as never, audit() {} };
    const answer = (await handlers[name].perform(context as never, effects, () => expect.fail("refused"))) as object;
    expect(await wholeReads(tx)).toEqual(before);
    return Object.values(answer).find((part) => Array.isArray(part)) as unknown[];
  });
}

it("A read of a whole table is noticed", async () => {
  await db().$transaction(async (tx) => {
    const before = (await wholeReads(tx)).Message ?? 0;
    await tx.$queryRaw`SELECT count(*)::int FROM "Message" WHERE body <> ''`;
    expect((await wholeReads(tx)).Message).toBe(before + 1);
  });
});

it.each([
  {},
  { sort: "activity" },
  { sort: "people" },
  { sort: "messages" },
  { state: "open", sort: "people" },
  { access: "public", state: "archived" },
  { query: "room 12" },
] satisfies Partial<Input<"room.administer">>[])("The list of all rooms reads what it shows: %j", async (input) => {
  const rooms = await list("room.administer", input);
  if (!("state" in input && input.state === "archived")) expect(rooms.length).toBeGreaterThan(1);
});

it.each([{}, { sort: "lastSeen" }, { sort: "newest" }, { status: "active", role: "member" }, { query: "person 12" }])(
  "The list of all people reads what it shows: %j",
  async (input) => {
    expect((await list("person.administer", input)).length).toBeGreaterThan(1);
    expect(await list("person.administer", { ...input, query: "", role: "owner", groupId })).toHaveLength(1);
  },
);
