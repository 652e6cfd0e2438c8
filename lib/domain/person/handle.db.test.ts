import { expect, it } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import { as, makeOrganization, makePeople, makePerson, type TestPerson } from "@/tests/harness/people";
import { makeHandle } from "./handle";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

it("A handle is unique, and looks like no other", async () => {
  const organization = await makeOrganization();
  const take = async (name: string) => {
    const handle = await db().$transaction((tx) => makeHandle(tx, organization.id, name));
    const { id } = await makePerson(organization);
    await db().person.update({ where: { id }, data: { handle } });
    return handle;
  };
  expect(await take("Copa Lee")).toBe("copa");
  expect(await take("Copa May")).toBe("copa2");
  // All letters are Cyrillic.
  expect(await take("Сора")).toBe("сора3");
  expect(await take("Сора Ли")).toBe("сора4");
  expect(await take("Copal")).toBe("copal");
  // `here` and `room` are reserved: in a mention, `@here` means the people who are there now.
  expect(await take("Here Lee")).toBe("here2");
  expect(await take("Room service")).toBe("room2");
});

const failure = async (asked: Promise<Answer<unknown>>) => {
  const answer = await asked;
  return answer.ok ? null : answer.error;
};
const change = (who: TestPerson, handle: string) => as(who).ask("person.update", { handle });
const handleOf = async ({ id }: TestPerson) => (await db().person.findUniqueOrThrow({ where: { id } })).handle;

it("People change their own handle, in any spelling, and everybody receives it", async () => {
  const organization = await makeOrganization();
  const person = await makePerson(organization);
  const { tick } = (await as(person).do("home.show", {})).me;
  const changed = await as(person).do("person.update", { handle: " @W.Sommerfeld " });
  expect(changed.handle).toBe("w.sommerfeld");
  const { me } = await as(person).do("home.show", {});
  expect(me).toMatchObject({ handle: "w.sommerfeld" });
  expect(me.tick).toBeGreaterThan(tick);
  expect(await as(person).do("person.update", { handle: "陈思远" })).toMatchObject({ handle: "陈思远" });
});

it.each(["", "@", "two words", ".dot", "dot.", "a..b", "a@b", "<b>", "here", "Everyone", "x".repeat(33)])(
  "%s is no handle, and nothing else changes with it",
  async (handle) => {
    const person = await makePerson(await makeOrganization());
    const before = await handleOf(person);
    const answer = await failure(as(person).ask("person.update", { handle, title: "Keeper" }));
    expect(answer).toMatchObject({ code: "invalid_input", fields: { handle: expect.any(String) } });
    expect(await db().person.findUnique({ where: { id: person.id } })).toMatchObject({ handle: before, title: "" });
  },
);

it("Nobody gets a handle that someone or a group has, or one that looks like it", async () => {
  const organization = await makeOrganization();
  const [one, two] = [await makePerson(organization), await makePerson(organization)];
  const three = await makePerson(organization);
  await as(one).do("person.update", { handle: "copa" });
  await as(three).do("person.update", { handle: "陈思远" });
  const { handle: ofGroup } = await as(organization.owner).do("group.create", { name: "Keepers" });
  // The last two have an invisible variation selector.
  for (const taken of ["copa", "COPA", "сора", ofGroup, "陈\u{FE00}思远", "陈\u{E0100}思远"])
    expect(await failure(change(two, taken)), taken).toMatchObject({
      code: "conflict",
      fields: { handle: expect.stringContaining("Choose another one.") },
    });
  const elsewhere = await makePerson(await makeOrganization());
  expect(await failure(change(elsewhere, "copa"))).toBeNull();
});

it("Of people who want one handle at once, one gets it", async () => {
  const organization = await makeOrganization();
  const people = await makePeople(
    organization,
    Array.from({ length: 8 }, () => ({ name: "Somebody" })),
  );
  const answers = await Promise.all(people.map((person) => change(person, "wanted")));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

it("A handle that was given up is reserved until an owner or admin releases it", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [one, two] = [await makePerson(organization), await makePerson(organization)];
  await as(one).do("person.update", { handle: "first" });
  await as(one).do("person.update", { handle: "second" });
  expect(await failure(change(two, "first"))).toMatchObject({ code: "conflict" });
  expect(await db().$transaction((tx) => makeHandle(tx, organization.id, "First Lee"))).toBe("first2");
  // Who had it can take it back.
  await as(one).do("person.update", { handle: "first" });
  await as(one).do("person.update", { handle: "second" });

  const shown = async (asker: TestPerson) => (await as(asker).do("person.show", { personId: one.id })).formerHandles;
  expect(await shown(owner)).toContain("first");
  expect(await shown(two), "only owners and admins see them").toEqual([]);
  const release = (asker: TestPerson, handle = "first") =>
    as(asker).ask("person.releaseHandle", { personId: one.id, handle });
  expect(await failure(release(two))).toMatchObject({ code: "forbidden" });
  expect(await failure(release(owner, "second")), "which is in use").toMatchObject({ code: "not_found" });
  expect(await failure(release(owner))).toBeNull();
  expect(await shown(owner)).not.toContain("first");
  expect(await failure(change(two, "first"))).toBeNull();
});

it(`Nobody reserves more than ${limits.formerHandles} handles`, async () => {
  const person = await makePerson(await makeOrganization());
  for (let at = 0; at < limits.formerHandles; at++) await as(person).do("person.update", { handle: `name-${at}` });
  expect(await failure(change(person, "one-more"))).toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Ask an owner or admin"),
  });
  expect(await failure(change(person, "name-0")), "an earlier one of their own").toBeNull();
});
