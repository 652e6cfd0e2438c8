import { afterAll, beforeEach, expect, it } from "vitest";
import { begin } from "@/lib/domain/session/begin";
import { db } from "@/lib/server/db";
import { setupCode } from "@/lib/server/setup-code";
import { migrate } from "@/scripts/migrate.mjs";
import { as, callerOf, nobody, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

// An installation can be set up only once, so these tests have their own database, which is emptied before each test. The harness
// reads `DATABASE_URL` at its first query, after these lines.
const own = new URL(process.env.OWNER_DATABASE_URL ?? "");
own.pathname = `${own.pathname}_set_up`;
process.env.DATABASE_URL = own.href;
await migrate(own.href);

beforeEach(async () => {
  // Uses DELETE, because the audit log refuses TRUNCATE.
  await db().$transaction([
    db().$executeRaw`SET CONSTRAINTS ALL DEFERRED`,
    db().$executeRaw`DELETE FROM "Organization"`,
    db().$executeRaw`DELETE FROM "Account"`,
  ]);
});
afterAll(() => db().$disconnect());

const given = { organization: "Acme", name: "Ann Owner", email: "Ann@Example.org", password: "this is my password" };
// These tests check the result. tests/set-up.test.ts checks who may set up.
const code = setupCode();
const setUp = (input: object = {}) => as(nobody()).ask("organization.setup", { ...given, code, ...input });

async function owner(): Promise<TestPerson> {
  const begun = await begin(given, await callerOf(nobody()));
  const { person } = await db().session.findUniqueOrThrow({
    where: { id: begun?.loginId ?? "" },
    include: { person: true },
  });
  return { ...person, accountId: person.accountId ?? "", email: given.email, sessionId: begun?.loginId ?? "" };
}

it("The person who sets up owns the organization, and is in its five rooms with nothing unread", async () => {
  expect(outcome(await setUp())).toBe("ok");
  const home = await as(await owner()).do("home.show", {});
  expect(home).toMatchObject({
    organization: { name: "Acme" },
    me: { name: "Ann Owner", role: "owner", handle: "ann" },
    email: "ann@example.org",
  });
  const rooms = home.rooms.map(({ room, membership, unread }) => [
    room.name,
    room.access,
    room.joinsEveryone,
    membership.role,
    unread.length,
  ]);
  expect(rooms).toHaveLength(5);
  expect(new Set(rooms.map((facts) => facts.join(" ")))).toEqual(
    new Set([
      "Admin restricted false admin 0",
      "Developer restricted false admin 0",
      "General public true admin 0",
      "Security restricted false admin 0",
      "Trading restricted false admin 0",
    ]),
  );
  expect(home.groupIds).toHaveLength(3);
});

it("If rooms are named, the set-up creates General and those", async () => {
  expect(outcome(await setUp({ rooms: ["Trading"] }))).toBe("ok");
  const home = await as(await owner()).do("home.show", {});
  expect(new Set(home.rooms.map(({ room }) => room.name))).toEqual(new Set(["General", "Trading"]));
  expect(home.groupIds).toHaveLength(1);
});

it("Of four set-ups at once, one succeeds", async () => {
  const answers = await Promise.all([1, 2, 3, 4].map((n) => setUp({ email: `ann${n}@example.org` })));
  expect(answers.map(outcome).toSorted()).toEqual(["gone", "gone", "gone", "ok"]);
  expect([await db().organization.count(), await db().account.count(), await db().person.count()]).toEqual([1, 1, 1]);
});

it("A second set-up is refused", async () => {
  expect(outcome(await setUp())).toBe("ok");
  expect(outcome(await setUp({ email: "ben@example.org" }))).toBe("gone");
  expect(outcome(await as(await owner()).ask("organization.setup", given))).toBe("gone");
  expect(await db().organization.count()).toBe(1);
});

it("A refused set-up leaves nothing behind, and the next one can succeed", async () => {
  for (const input of [
    { password: "short" },
    { email: "ann" },
    { name: " " },
    { organization: "" },
    { role: "owner" },
    { code: "" },
    { rooms: ["Design"] },
  ]) {
    expect(outcome(await setUp(input))).toBe("invalid_input");
  }
  expect([await db().organization.count(), await db().account.count()]).toEqual([0, 0]);
  expect(outcome(await setUp())).toBe("ok");
});

it("An invited member is only in General; an invited admin also in the room of admins", async () => {
  await setUp();
  const ann = await owner();
  const roomsOf = async (role: "member" | "admin") => {
    const { token } = await as(ann).do("invite.create", { role });
    const email = `${role}@example.org`;
    const { personId } = await as(nobody()).do("invite.accept", {
      token,
      name: "Nia",
      email,
      password: given.password,
    });
    const memberships = await db().membership.findMany({ where: { personId }, include: { room: true } });
    return memberships.map(({ room }) => room.name ?? "").toSorted();
  };
  expect(await roomsOf("member")).toEqual(["General"]);
  expect(await roomsOf("admin")).toEqual(["Admin", "General"]);
});
