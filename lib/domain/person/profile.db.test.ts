import { describe, expect, it } from "vitest";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeGroup,
  makeOrganization,
  makeOrganizationOf,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganizationOf([
    { role: "owner", name: "Otto" },
    { name: "Mia" },
    { role: "guest", name: "Gus" },
  ]);
  const [owner, mia, gus] = organization.people;
  return { organization, owner, mia, gus };
}
const seenBy = async (who: TestPerson, { id }: TestPerson) =>
  (await as(who).do("person.list", { ids: [id] })).people[0];
const clockOf = async ({ id }: { id: string }) =>
  (await db().organizationLog.findUniqueOrThrow({ where: { organizationId: id } })).clock;
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

describe("a profile", () => {
  it("shows what somebody says about themselves to everybody who sees them", async () => {
    const { owner, mia } = await setting();
    const profile = {
      name: "Mia Núñez",
      title: "Site reliability 🛟",
      pronouns: "she/her",
      timeZone: "Asia/Kathmandu",
    };
    expect(await as(mia).do("person.update", profile)).toMatchObject(profile);
    expect(await seenBy(owner, mia)).toMatchObject(profile);
    expect(await as(mia).do("person.update", { title: "" })).toMatchObject({ ...profile, title: "" });
    expect(await as(mia).do("person.update", { timeZone: null })).toMatchObject({ timeZone: null });
  });

  it("sorts and finds somebody by their new name", async () => {
    const { owner, mia } = await setting();
    await as(mia).do("person.update", { name: "Émile Aalto" });
    const { people } = await as(owner).do("person.list", {});
    expect(people.map(({ name }) => name)).toEqual(["Émile Aalto", "Gus", "Otto"]);
    expect((await as(owner).do("person.list", { query: "emile" })).people).toHaveLength(1);
  });

  it.each([
    [{ name: "" }, "name"],
    [{ name: "a\u202Eb" }, "name"],
    [{ title: "x".repeat(81) }, "title"],
    [{ pronouns: "x".repeat(41) }, "pronouns"],
    [{ timeZone: "Moon/Base" }, "timeZone"],
    [{ timeZone: "+02:00" }, "timeZone"],
  ])("refuses %j and names the field", async (input, field) => {
    const { mia } = await setting();
    const answer = await as(mia).ask("person.update", input);
    expect(answer).toMatchObject({ error: { code: "invalid_input", fields: { [field]: expect.any(String) } } });
  });

  it("changes nothing if it says the same as before", async () => {
    const { organization, mia } = await setting();
    await as(mia).do("person.update", { title: "Editor" });
    const clock = await clockOf(organization);
    await as(mia).do("person.update", { title: "Editor" });
    expect(await clockOf(organization)).toBe(clock);
  });

  it("keeps both changes when two devices change different fields at once", async () => {
    const { mia } = await setting();
    await Promise.all([
      as(mia).do("person.update", { title: "Editor" }),
      as(mia).do("person.update", { pronouns: "they" }),
      as(mia).do("person.setStatus", { emoji: "🌴", text: "", until: null }),
    ]);
    expect(await seenBy(mia, mia)).toMatchObject({ title: "Editor", pronouns: "they", statusEmoji: "🌴" });
  });
});

describe("a status", () => {
  it("is an emoji, a line or both, until a time", async () => {
    const { owner, mia } = await setting();
    const until = inAnHour();
    await as(mia).do("person.setStatus", { emoji: "🌧️", text: "Working from home", until });
    const status = { statusEmoji: "🌧️", statusText: "Working from home", statusUntil: until };
    expect(await seenBy(owner, mia)).toMatchObject(status);
    await as(mia).do("person.setStatus", { emoji: "", text: "Focus", until: null });
    expect(await seenBy(owner, mia)).toMatchObject({ statusEmoji: "", statusText: "Focus", statusUntil: null });
  });

  it("without an emoji and a text is none, so it has no end", async () => {
    const { mia } = await setting();
    await as(mia).do("person.setStatus", { emoji: "🌴", text: "Away", until: inAnHour() });
    const cleared = await as(mia).do("person.setStatus", { emoji: "", text: " ", until: inAnHour() });
    expect(cleared).toMatchObject({ statusEmoji: "", statusText: "", statusUntil: null });
  });

  it.each([
    [{ emoji: "no", text: "", until: null }, "emoji"],
    [{ emoji: "🌴🌴", text: "", until: null }, "emoji"],
    [{ emoji: "", text: "x".repeat(81), until: null }, "text"],
    [{ emoji: "", text: "Away", until: "2020-01-01T00:00:00Z" }, "until"],
    [{ emoji: "", text: "Away", until: "tomorrow" }, "until"],
  ])("refuses %j and names the field", async (input, field) => {
    const { mia } = await setting();
    const answer = await as(mia).ask("person.setStatus", input);
    expect(answer).toMatchObject({ error: { code: "invalid_input", fields: { [field]: expect.any(String) } } });
  });
});

describe("a person's card", () => {
  it("names the groups they are in and the rooms that both are in, conversations left out", async () => {
    const { organization, owner, mia } = await setting();
    const both = await makeRoom(organization, { name: "both" });
    const hers = await makeRoom(organization, { name: "hers" });
    await joinAs("member", both, mia, owner);
    await joinAs("member", hers, mia);
    await as(owner).do("direct.open", { personIds: [mia.id] });
    const groupId = await makeGroup(organization, [mia]);
    const card = await as(owner).do("person.show", { personId: mia.id });
    expect(card).toMatchObject({ person: { id: mia.id }, roomCount: 1, groups: [{ id: groupId }] });
    expect(card.rooms.map(({ name }) => name)).toEqual(["both"]);
  });

  it("names at most twenty rooms and says how many there are", async () => {
    const { organization, owner, mia } = await setting();
    for (let at = 0; at < 23; at++)
      await joinAs("member", await makeRoom(organization, { name: `r${at}` }), mia, owner);
    const card = await as(owner).do("person.show", { personId: mia.id });
    expect([card.rooms.length, card.roomCount]).toEqual([20, 23]);
  });

  it("shows a guest only people they share a room with, and only their own groups", async () => {
    const { organization, mia, gus } = await setting();
    await makeGroup(organization, [mia]);
    const shared = await makeGroup(organization, [mia, gus]);
    expect(outcome(await as(gus).ask("person.show", { personId: mia.id }))).toBe("not_found");
    await joinAs("member", await makeRoom(organization, { name: "shared" }), mia, gus);
    const { groups } = await as(gus).do("person.show", { personId: mia.id });
    expect(groups.map(({ id }) => id)).toEqual([shared]);
  });

  it("does not exist in another organization", async () => {
    const { mia } = await setting();
    const { owner } = await makeOrganization();
    expect(outcome(await as(owner).ask("person.show", { personId: mia.id }))).toBe("not_found");
  });
});
