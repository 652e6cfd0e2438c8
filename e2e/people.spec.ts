import { data } from "@/tests/harness/login";
import { joinAs, makePeople, makePerson, makeRoom } from "@/tests/harness/people";
import { db } from "@/lib/server/db";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { chooseOnCard, composer, log, roomList, roomPath, roomTitle, settled } from "./screen";
import { makeTeam, programOf, sayAs } from "./team";

const people = (page: Page) => page.getByRole("main").getByRole("list", { name: "People" });
const person = (page: Page, name: string) => people(page).getByRole("listitem").filter({ hasText: name });
const profile = (page: Page, name: string) => page.getByRole("complementary", { name: `Profile of ${name}` });
const card = (page: Page, name: string) => page.getByRole("dialog", { name });

test("people are found in the directory, and what it shows of them is current", async ({ enter }) => {
  const { organization, ada, bo } = await makeTeam();
  await makePeople(organization, [{ name: "Cy Young", role: "admin" }, { name: "Dee Fox" }]);
  await makePerson(organization, { name: "Gus Guest", role: "guest" });
  const a = await enter(ada);
  await roomList(a).getByRole("link", { name: "People" }).click();
  await expect(a).toHaveURL(/\/people$/);
  await expect(a).toHaveTitle(/^People/);
  await expect(people(a).getByRole("listitem")).toHaveCount(6);
  await expect(a.getByText("6 people at Larkfield. 1 is active now.")).toBeVisible();
  await expectAccessible(a);

  const find = a.getByRole("searchbox", { name: "Find people" });
  await find.fill("larzen");
  await expect(people(a).getByRole("listitem")).toHaveText([/Bo Larsen/]);
  await find.fill("nobody like this");
  await expect(a.getByRole("heading", { name: "No one found" })).toBeVisible();
  await a.getByRole("button", { name: "Show everyone" }).click();
  await a.getByRole("combobox", { name: "Role" }).selectOption("Admin");
  await expect(people(a).getByRole("listitem")).toHaveText([/Cy Young/]);
  await expect(a.getByText("1 person", { exact: true })).toBeVisible();
  await expect(a).toHaveURL(/filters=/);
  await a.reload();
  await settled(a);
  await expect(people(a).getByRole("listitem")).toHaveText([/Cy Young/]);
  await a.getByRole("combobox", { name: "Role" }).selectOption("Any role");

  // Who is active now.
  await a.getByRole("combobox", { name: "Presence" }).selectOption("Active now");
  await expect(people(a).getByRole("listitem")).toHaveText([/Ada Lovelace/]);
  const b = await enter(bo);
  await expect(person(a, "Bo Larsen")).toBeVisible({ timeout: 20_000 });
  await a.getByRole("combobox", { name: "Role" }).selectOption("Member");
  await expect(people(a).getByRole("listitem")).toHaveText([/Bo Larsen/]);
  await b.close();
  await expect(a.getByRole("heading", { name: "No one found" })).toBeVisible({ timeout: 20_000 });
  await a.getByRole("combobox", { name: "Role" }).selectOption("Any role");
  await a.getByRole("combobox", { name: "Presence" }).selectOption("Active or not");

  data(await (await programOf(bo)).rest("person.update", { title: "Keeper", name: "Bo Berg" }));
  await expect(person(a, "Bo Berg")).toContainText("Keeper");
  await makePerson(organization, { name: "Unseen" });
  // Any change of the organization reloads the list.
  data(await (await programOf(bo)).rest("person.update", { title: "Head keeper" }));
  await expect(person(a, "Unseen")).toBeVisible({ timeout: 20_000 });
});

test("a group narrows the directory, and thousands of people come in pages", async ({ enter }) => {
  const { organization, ada, bo } = await makeTeam();
  await makePeople(
    organization,
    Array.from({ length: 130 }, (_, at) => ({ name: `Person ${String(at).padStart(3, "0")}` })),
  );
  const program = await programOf(ada);
  const group = data(await program.rest("group.create", { name: "Keepers" }));
  data(await program.rest("group.addMembers", { groupId: group.id, personIds: [bo.id] }));
  const a = await enter(ada, { at: "/people" });
  await expect(people(a).getByRole("listitem")).toHaveCount(50);
  const more = a.getByRole("button", { name: "Show more" });
  await more.click();
  await expect(people(a).getByRole("listitem")).toHaveCount(133);
  await expect(more).toHaveCount(0);
  await a.getByRole("button", { name: "Group: any" }).click();
  await a.getByRole("searchbox", { name: "Search for a group" }).fill("keep");
  await a.getByRole("button", { name: /Keepers/ }).click();
  await expect(people(a).getByRole("listitem")).toHaveText([/Bo Larsen/]);
});

test("a guest's directory has only people they share a room with", async ({ enter }) => {
  const { organization, bo } = await makeTeam();
  const guest = await makePerson(organization, { name: "Gus Guest", role: "guest" });
  const other = await makeRoom(organization);
  await joinAs("member", other, guest, bo);
  const page = await enter(guest, { at: "/people" });
  await expect(people(page).getByRole("listitem")).toHaveText([/Bo Larsen/, /Gus Guest/]);
  await expect(page.getByText("People you share a room with.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite people" })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Find people" }).fill("ada");
  await expect(page.getByRole("heading", { name: "No one found" })).toBeVisible();
});

test("a person's profile is shown beside the directory, and leads to a conversation and to rooms", async ({
  enter,
}) => {
  const { ada, bo } = await makeTeam();
  const program = await programOf(bo);
  data(await program.rest("person.update", { title: "Keeper", pronouns: "he/him", timeZone: "Europe/Lisbon" }));
  const a = await enter(ada, { at: "/people" });
  await person(a, "Bo Larsen").getByRole("link", { name: "Bo Larsen" }).click();
  await expect(profile(a, "Bo Larsen")).toContainText("Keeper, he/him");
  await expect(profile(a, "Bo Larsen")).toContainText("in Lisbon");
  await expect(profile(a, "Bo Larsen").getByRole("button", { name: "Mention" })).toHaveCount(0);
  await expectAccessible(a);
  await a.reload();
  await settled(a);
  await expect(profile(a, "Bo Larsen")).toBeVisible();
  data(await program.rest("person.setStatus", { emoji: "🎧", text: "Focus", until: null }));
  await expect(profile(a, "Bo Larsen")).toContainText("🎧 Focus");
  await profile(a, "Bo Larsen").getByRole("link", { name: "lighthouse" }).click();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await a.goBack();
  await profile(a, "Bo Larsen").getByRole("button", { name: "Close" }).click();
  await expect(profile(a, "Bo Larsen")).toHaveCount(0);
  await person(a, "Bo Larsen").hover();
  await a.getByRole("button", { name: "Message Bo Larsen" }).click();
  await expect(roomTitle(a, "Bo Larsen")).toBeVisible();
  await expect(composer(a)).toBeFocused();
});

test("a card leads to the profile, where one can mention them, and an admin can manage them", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(bo, team, ["It's me."]);
  const a = await enter(ada, { at: roomPath(room) });
  await log(a).getByRole("button", { name: "Bo Larsen" }).click();
  await chooseOnCard(a, "Bo Larsen", "View profile");
  await expect(card(a, "Bo Larsen")).toHaveCount(0);
  await expect(profile(a, "Bo Larsen")).toBeVisible();
  const { handle } = await db().person.findUniqueOrThrow({ where: { id: bo.id } });
  await composer(a).fill("Ask");
  await profile(a, "Bo Larsen").getByRole("button", { name: "Mention" }).click();
  await expect(composer(a)).toHaveValue(`Ask @${handle} `);
  await expect(composer(a)).toBeFocused();

  await log(a).getByRole("button", { name: "Bo Larsen" }).click();
  await chooseOnCard(a, "Bo Larsen", "View profile");
  await profile(a, "Bo Larsen").getByRole("button", { name: "Make admin" }).click();
  await a.getByRole("alertdialog").getByRole("button", { name: "Make admin" }).click();
  await expect(profile(a, "Bo Larsen")).toContainText("Admin");
  await expect(profile(a, "Bo Larsen").getByRole("button", { name: "Make member" })).toBeVisible();
  await expect(a.getByRole("alertdialog")).toHaveCount(0);
  await a.keyboard.press("Control+.");
  await expect(profile(a, "Bo Larsen")).toHaveCount(0);
});

test("the keyboard closes a profile, and goes on where it was", async ({ enter }) => {
  const { ada } = await makeTeam();
  const a = await enter(ada, { at: "/people" });
  const link = person(a, "Bo Larsen").getByRole("link", { name: "Bo Larsen" });
  for (const close of [
    () => a.keyboard.press("Control+."),
    () => profile(a, "Bo Larsen").getByRole("button", { name: "Close" }).press("Enter"),
  ]) {
    await link.press("Enter");
    await expect(profile(a, "Bo Larsen")).toContainText("Joined");
    await close();
    await expect(profile(a, "Bo Larsen")).toHaveCount(0);
    await expect(link).toBeFocused();
  }
});

test("somebody blocked is in the directory without what they do, and is unblocked in their profile", async ({
  enter,
}) => {
  const { ada, bo } = await makeTeam();
  data(await (await programOf(bo)).rest("person.setStatus", { emoji: "🎧", text: "Focus", until: null }));
  const a = await enter(ada, { at: "/people" });
  await expect(person(a, "Bo Larsen")).toContainText("🎧 Focus");
  await person(a, "Bo Larsen").getByRole("link", { name: "Bo Larsen" }).click();
  await profile(a, "Bo Larsen").getByRole("button", { name: "Block Bo Larsen", exact: true }).press("Enter");
  await a.getByRole("alertdialog").getByRole("button", { name: "Block", exact: true }).press("Enter");
  await expect(profile(a, "Bo Larsen")).toContainText("Their messages are collapsed");
  await expect(profile(a, "Bo Larsen")).not.toContainText("Focus");
  await expect(profile(a, "Bo Larsen").getByRole("button", { name: "Message" })).toHaveCount(0);
  await expect(person(a, "Bo Larsen")).toContainText("Blocked");
  await expect(person(a, "Bo Larsen")).not.toContainText("Focus");
  await expect(person(a, "Bo Larsen").getByRole("button", { name: "Message Bo Larsen" })).toHaveCount(0);
  await expectAccessible(a);
  await profile(a, "Bo Larsen").getByRole("button", { name: "Unblock Bo Larsen" }).press("Enter");
  await expect(profile(a, "Bo Larsen").getByRole("button", { name: "Message" })).toBeVisible();
  await expect(profile(a, "Bo Larsen").getByRole("button", { name: "Block Bo Larsen", exact: true })).toBeFocused();
  await expect(person(a, "Bo Larsen")).toContainText("🎧 Focus");
});

test("on a tablet, a tap on the end of a card opens the profile", async ({ enter }) => {
  const { ada } = await makeTeam();
  const tablet = { viewport: { width: 1024, height: 768 }, hasTouch: true, isMobile: true };
  const a = await enter(ada, { ...tablet, at: "/people" });
  const row = person(a, "Bo Larsen");
  const { width, height } = (await row.boundingBox()) ?? { width: 0, height: 0 };
  await row.tap({ position: { x: width - 40, y: height / 2 } });
  await expect(profile(a, "Bo Larsen")).toBeVisible();
  await expect(a).toHaveURL(/\/people\?profile=/);
});

test("on a phone, the directory's names are whole, its filters are in one row, and it says what a time means", async ({
  enter,
}) => {
  const { organization, ada, bo } = await makeTeam();
  const name = "Cleopatra Featherstone";
  await makePerson(organization, { name, role: "admin" });
  await db().person.update({ where: { id: bo.id }, data: { lastSeenAt: new Date(Date.now() - 60_000) } });
  const a = await enter(ada, { ...phone, at: "/people" });
  await expect(person(a, name)).toContainText("Admin");
  const isWhole = (element: HTMLElement) => element.scrollWidth <= element.clientWidth;
  expect(await person(a, name).getByRole("link", { name }).evaluate(isWhole)).toBe(true);
  await expect(person(a, "Bo Larsen")).toContainText(/Last seen (today|yesterday) at \d/);
  const filters = [
    a.getByRole("combobox", { name: "Presence" }),
    a.getByRole("combobox", { name: "Role" }),
    a.getByRole("button", { name: "Group: any" }),
  ];
  for (const filter of filters) await expect(filter).toBeVisible();
  const middles = await Promise.all(
    filters.map(async (filter) => {
      const { y, height } = (await filter.boundingBox()) ?? { y: 0, height: 0 };
      return y + height / 2;
    }),
  );
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(2);
  expect(await a.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("on a phone, a profile covers the page", async ({ enter }) => {
  const { ada } = await makeTeam();
  const a = await enter(ada, { ...phone, at: "/people" });
  await person(a, "Bo Larsen").getByRole("link", { name: "Bo Larsen" }).tap();
  await expect(profile(a, "Bo Larsen")).toBeInViewport({ ratio: 0.9 });
  await expectAccessible(a);
  await profile(a, "Bo Larsen").getByRole("button", { name: "Back" }).tap();
  await expect(person(a, "Bo Larsen")).toBeVisible();
});

test("the only owner releases a handle of their own", async ({ enter }) => {
  const { ada } = await makeTeam();
  const program = await programOf(ada);
  for (const handle of ["first", "second"]) data(await program.rest("person.update", { handle }));
  const a = await enter(ada, { at: `/people?profile=${ada.id}` });
  await expect(profile(a, "Ada Lovelace")).toContainText("@first is reserved for you");
  await profile(a, "Ada Lovelace").getByRole("button", { name: "Release @first" }).click();
  await a.getByRole("alertdialog").getByRole("button", { name: "Release" }).click();
  await expect(a.getByRole("alertdialog")).toHaveCount(0);
  await expect(profile(a, "Ada Lovelace").getByRole("button", { name: "Release @first" })).toHaveCount(0);
});

test.describe("without a connection", () => {
  test.use({ expectedNoise: /WebSocket|net::ERR_/ });

  test("a profile says what is known, and the rest when the connection is back", async ({ enter }) => {
    const { ada } = await makeTeam();
    const a = await enter(ada, { at: "/people" });
    // This fetches the code.
    await person(a, "Ada Lovelace").getByRole("link", { name: "Ada Lovelace" }).click();
    await expect(profile(a, "Ada Lovelace")).toContainText("Joined");
    await a.context().setOffline(true);
    await expect(a.getByRole("main").getByRole("status").filter({ hasText: "Offline." })).toBeVisible();
    await person(a, "Bo Larsen").getByRole("link", { name: "Bo Larsen" }).click();
    await expect(profile(a, "Bo Larsen").getByRole("button", { name: /^Copy @/ })).toBeVisible();
    await expect(profile(a, "Bo Larsen")).not.toContainText("Joined");
    await a.context().setOffline(false);
    await expect(profile(a, "Bo Larsen").getByRole("link", { name: "lighthouse" })).toBeVisible({ timeout: 30_000 });
  });
});

test.describe("somebody unknown", () => {
  test.use({ expectedNoise: /status of 404/ });

  test("has no profile for a guest who never met them", async ({ enter }) => {
    const { organization } = await makeTeam();
    const guest = await makePerson(organization, { name: "Gus Guest", role: "guest" });
    const stranger = await makePerson(organization, { name: "Never Met" });
    const page = await enter(guest, { at: `/people?profile=${stranger.id}` });
    await expect(page.getByRole("heading", { name: "Couldn't show this profile" })).toBeVisible();
    await expect(page.getByText("Never Met")).toHaveCount(0);
  });
});
