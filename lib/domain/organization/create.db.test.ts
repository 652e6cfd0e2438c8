import { uuidv7 } from "uuidv7";
import { beforeEach, expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { findActorOfLogin } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { as, joinOrganization, makeOrganization, makePerson, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const letters = () => uuidv7().slice(-12);
const create = (who: TestPerson, given: object = {}) =>
  as(who).ask("organization.create", { name: "Harbourside", handle: `h-${letters()}`, ...given });
let owner: TestPerson;
beforeEach(async () => {
  ({ owner } = await makeOrganization());
});

it("Whoever creates an organization owns it, is in General, and is signed in to it with the same login", async () => {
  const handle = `harbour-${letters()}`;
  const { organizationId, handle: made } = await as(owner).do("organization.create", { name: "Harbourside", handle });
  expect(made).toBe(handle);
  const actor = await findActorOfLogin(owner.sessionId, handle);
  if (!actor || actor === "several") throw new Error("The login has no session there.");
  expect(actor).toMatchObject({ organizationId, role: "owner", name: owner.name });
  const there = { ...owner, id: actor.personId, organizationId, sessionId: actor.sessionId };
  const home = await as(there).do("home.show", {});
  expect(home).toMatchObject({ organization: { name: "Harbourside", handle }, email: owner.email });
  expect(home.rooms.map(({ room, unread }) => [room.name, room.memberCount, unread.length])).toEqual([
    ["General", 1, 0],
  ]);
  const { organizations } = await as(owner).do("organization.list", {});
  expect(organizations.map(({ id }) => id).toSorted()).toEqual([owner.organizationId, organizationId].toSorted());
});

it("Nothing of it is in the organization in which it was asked for", async () => {
  const tables = async () => {
    const { organizationId } = owner;
    const [people, rooms, entries, log] = await Promise.all([
      db().person.count({ where: { organizationId } }),
      db().room.count({ where: { organizationId } }),
      db().auditEntry.count({ where: { organizationId } }),
      db().organizationLog.findUnique({ where: { organizationId } }),
    ]);
    return { people, rooms, entries, clock: log?.clock ?? 0 };
  };
  const before = await tables();
  expect(outcome(await create(owner))).toBe("ok");
  expect(await tables()).toEqual(before);
});

it("Without a handle, one is made from the name, with a number if it is taken", async () => {
  const name = `Harbour ${letters()}`;
  const handles: string[] = [];
  for (let count = 0; count < 2; count++) handles.push((await as(owner).do("organization.create", { name })).handle);
  const base = name.toLowerCase().replace(" ", "-");
  expect(handles).toEqual([base, `${base}-2`]);
});

it("A handle that is taken, reserved or malformed is refused beside its field, and nothing is created", async () => {
  const { handle } = await makeOrganization();
  const count = () => db().person.count({ where: { accountId: owner.accountId } });
  expect(await create(owner, { handle })).toMatchObject({
    error: { code: "conflict", fields: { handle: "This address is taken. Choose another one." } },
  });
  for (const bad of ["", "x", "Acme", "a--b", "é1", "api", "a/b", "a".repeat(41)])
    expect(await create(owner, { handle: bad }), bad).toMatchObject({
      error: { code: "invalid_input", fields: { handle: expect.stringMatching(/\.$/) } },
    });
  for (const name of ["", "  ", "x".repeat(81)])
    expect(await create(owner, { name })).toMatchObject({
      error: { code: "invalid_input", fields: { name: expect.any(String) } },
    });
  expect(await count()).toBe(1);
});

it("Of five at once with one handle, one succeeds", async () => {
  const handle = `race-${letters()}`;
  const owners = await Promise.all([1, 2, 3, 4, 5].map(async () => (await makeOrganization()).owner));
  const answers = await Promise.all(owners.map((who) => create(who, { handle })));
  expect(answers.map(outcome).toSorted()).toEqual(["conflict", "conflict", "conflict", "conflict", "ok"]);
});

it("Only owners create organizations, unless the server's setting says otherwise", async () => {
  const organization = { id: owner.organizationId };
  const people = {
    admin: await makePerson(organization, { role: "admin" }),
    member: await makePerson(organization),
    guest: await makePerson(organization, { role: "guest" }),
  };
  const outcomes = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries({ owner, ...people }).map(async ([name, who]) => [name, outcome(await create(who))] as const),
      ),
    );
  const forbidden = { owner: "forbidden", admin: "forbidden", member: "forbidden", guest: "forbidden" };
  expect(await outcomes()).toEqual({ ...forbidden, owner: "ok" });
  try {
    env().newOrganizations = "everyone";
    expect(await outcomes()).toEqual({ owner: "ok", admin: "ok", member: "ok", guest: "forbidden" });
    env().newOrganizations = "nobody";
    expect(await outcomes()).toEqual(forbidden);
  } finally {
    env().newOrganizations = "owners";
  }
});

it("Nobody owns more than the limit by creating them, even several at once", async () => {
  for (let count = 2; count < limits.ownedOrganizations; count++)
    await joinOrganization(owner, await makeOrganization(), "owner");
  const answers = await Promise.all([1, 2, 3].map(() => create(owner)));
  expect(answers.map(outcome).toSorted()).toEqual(["forbidden", "forbidden", "ok"]);
});
