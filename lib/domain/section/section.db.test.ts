import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import type { Sidebar } from "@/lib/contract/section";
import { db } from "@/lib/server/db";
import type { Answer } from "@/lib/contract/errors";
import { as, joinAs, makeOrganization, makePerson, makeRoom, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const failure = async (asked: Promise<Answer<unknown>>) => {
  const answer = await asked;
  return answer.ok ? null : answer.error;
};
const idsOf = ({ sections }: Sidebar) => sections.map(({ id, name }) => name ?? id);
const sidebarOf = async (person: TestPerson) => (await as(person).do("home.show", {})).sidebar;
const newSection = async (person: TestPerson, name: string) => {
  const { sections } = await as(person).do("section.create", { name });
  return sections.find((section) => section.name === name)?.id ?? "";
};

it("everybody begins with the built-in sections, and new ones come below the favourites", async () => {
  const { owner } = await makeOrganization();
  expect(await sidebarOf(owner)).toMatchObject({ tick: 0 });
  await newSection(owner, "One");
  await newSection(owner, "Two");
  expect(idsOf(await sidebarOf(owner))).toEqual(["favourites", "One", "Two", "rooms", "directs"]);
});

it("a section is renamed, sorted, collapsed and moved, and its answer has the tick of the person's log", async () => {
  const { owner } = await makeOrganization();
  const sectionId = await newSection(owner, "One");
  const changes = { name: "Uno", emoji: "🚀", sort: "activity", isCollapsed: true, isUnreadOnly: true } as const;
  const answer = await as(owner).do("section.update", { sectionId, ...changes, beforeSectionId: null });
  expect(answer.sections.at(-1)).toEqual({ id: sectionId, ...changes });
  expect(answer.tick).toBe((await db().personLog.findUniqueOrThrow({ where: { personId: owner.id } })).clock);
  expect(await sidebarOf(owner)).toEqual(answer);
  await as(owner).do("section.update", { sectionId: "directs", beforeSectionId: "favourites" });
  expect(idsOf(await sidebarOf(owner))).toEqual(["directs", "favourites", "rooms", "Uno"]);
  await as(owner).do("section.update", { sectionId, emoji: null });
  expect((await sidebarOf(owner)).sections.at(-1)).toMatchObject({ name: "Uno", emoji: null });
});

it("a change that changes nothing has no tick", async () => {
  const { owner } = await makeOrganization();
  const sectionId = await newSection(owner, "One");
  const before = await sidebarOf(owner);
  const answer = await as(owner).do("section.update", { sectionId, name: "One", beforeSectionId: sectionId });
  expect(answer).toEqual(before);
  expect(await sidebarOf(owner)).toEqual(before);
});

it("a built-in section can be neither renamed nor deleted, and a wrong one moves nothing", async () => {
  const { owner } = await makeOrganization();
  const sectionId = await newSection(owner, "One");
  const before = await sidebarOf(owner);
  const rename = as(owner).ask("section.update", { sectionId: "rooms", name: "Mine" });
  expect(await failure(rename)).toMatchObject({ code: "forbidden" });
  const unknown = "0190a0a0-0000-7000-8000-000000000000";
  const move = as(owner).ask("section.update", { sectionId, beforeSectionId: unknown });
  expect(await failure(move)).toMatchObject({ code: "not_found" });
  expect(await failure(as(owner).ask("section.delete", { sectionId: unknown }))).toMatchObject({ code: "not_found" });
  const message = "This section can't be deleted. You can collapse it.";
  for (const id of ["favourites", "rooms", "directs"] as const)
    expect(await failure(as(owner).ask("section.delete", { sectionId: id }))).toMatchObject({
      code: "forbidden",
      message,
    });
  expect(await sidebarOf(owner)).toEqual(before);
});

it("twenty changes at once are all kept", async () => {
  const { owner } = await makeOrganization();
  await Promise.all(Array.from({ length: 20 }, (_, at) => as(owner).do("section.create", { name: `Section ${at}` })));
  expect((await sidebarOf(owner)).sections).toHaveLength(23);
});

it(`nobody has more than ${limits.sections} sections of their own`, async () => {
  const { owner } = await makeOrganization();
  for (let at = 0; at < limits.sections; at++) await as(owner).do("section.create", { name: `Section ${at}` });
  expect(await failure(as(owner).ask("section.create", { name: "One more" }))).toMatchObject({
    code: "conflict",
    message: "You have 50 sections already. Delete one first.",
  });
});

it("a room is put into the favourites or a section, and keeps its place for others", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const other = await makePerson(organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, owner, other);
  const sectionId = await newSection(owner, "One");
  const put = (id: string | null) => as(owner).do("membership.setSection", { roomId: room.id, sectionId: id });
  const before = await put(sectionId);
  expect(before).toMatchObject({ sectionId });
  expect(await put(sectionId), "again changes nothing").toEqual(before);
  expect(await put("favourites")).toMatchObject({ sectionId: "favourites" });
  expect(await put(null)).toMatchObject({ sectionId: null });
  const [entry] = (await as(other).do("home.show", {})).rooms;
  expect(entry?.membership.sectionId).toBeNull();
});

it("a room cannot be put into a section that is another person's, or that was deleted, and stays in a deleted one", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const other = await makePerson(organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, owner, other);
  const sectionId = await newSection(owner, "One");
  const put = (person: TestPerson) => as(person).ask("membership.setSection", { roomId: room.id, sectionId });
  expect(await failure(put(other))).toMatchObject({ code: "not_found" });
  await put(owner);
  const { sections } = await as(owner).do("section.delete", { sectionId });
  expect(sections.map(({ id }) => id)).toEqual(["favourites", "rooms", "directs"]);
  const [entry] = (await as(owner).do("home.show", {})).rooms;
  expect(entry?.membership.sectionId, "which counts as none").toBe(sectionId);
  expect(await failure(put(owner))).toMatchObject({ code: "not_found" });
});

it("a deleted section is restored under its id, with its rooms, but not twice", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const room = await makeRoom(organization);
  await joinAs("member", room, owner);
  const id = await newSection(owner, "One");
  await as(owner).do("membership.setSection", { roomId: room.id, sectionId: id });
  await as(owner).do("section.delete", { sectionId: id });
  const { sections } = await as(owner).do("section.create", { id, name: "One" });
  expect(sections.map((section) => section.id)).toEqual(["favourites", id, "rooms", "directs"]);
  const [entry] = (await as(owner).do("home.show", {})).rooms;
  expect(entry?.membership.sectionId).toBe(id);
  expect(await failure(as(owner).ask("section.create", { id, name: "Two" }))).toMatchObject({ code: "conflict" });
});

it("a device that was away catches up on sections and on where rooms are", async () => {
  const organization = await makeOrganization();
  const { owner } = organization;
  const room = await makeRoom(organization);
  await joinAs("member", room, owner);
  const { clock, epoch, organizationClock } = await as(owner).do("home.show", {});
  await newSection(owner, "One");
  await as(owner).do("membership.setSection", { roomId: room.id, sectionId: "favourites" });
  const { me } = await as(owner).do("sync", { rooms: {}, me: clock, organization: organizationClock, epoch });
  const sidebar = me?.changes.find(({ type }) => type === "sidebar");
  expect(sidebar).toEqual({ type: "sidebar", sidebar: await sidebarOf(owner) });
  expect(me?.changes.find(({ type }) => type === "entry")).toMatchObject({
    entry: { membership: { sectionId: "favourites" } },
  });
});
