// One person in two organizations, each in a tab of the same browser.
import type { Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { joinAs, joinOrganization, makeOrganization } from "@/tests/harness/people";
import { data } from "@/tests/harness/login";
import { expect, test } from "./fixtures";
import { composer, log, message, roomLink, roomList, roomTitle, say, settled } from "./screen";
import { addRoom, makeTeam, programOf, sayAs, theServer, type Team } from "./team";

/** Ada's organization, and another one, of which Ada is a member. */
async function makeBoth() {
  const [here, there] = [await makeTeam(), await makeTeam({ room: "harbour" })];
  await db().organization.update({ where: { id: there.organization.id }, data: { name: "Harbourside" } });
  const ada = await joinOrganization(here.ada, there.organization);
  await joinAs("member", there.room, ada);
  return { here, there, ada };
}
const pathIn = ({ organization, room }: Pick<Team, "organization" | "room">) =>
  pathsOf(organization.handle).room(room.id);
const signInPage = (page: Page) => page.getByRole("heading", { name: "Sign in to Parley" });
const openBeside = async (page: Page, path: string) => {
  const tab = await page.context().newPage();
  await tab.goto(path);
  await settled(tab);
  return tab;
};
const bodiesIn = async ({ bo, room }: Team) =>
  data(await (await programOf(bo)).rest("message.list", { roomId: room.id })).messages.map(({ body }) => body);

test("messages, drafts and unread of two organizations do not mix in one browser", async ({ enter }) => {
  const { here, there, ada } = await makeBoth();
  const pier = await addRoom(there, { name: "pier" }, there.bo, ada);
  const a = await enter(here.ada, { at: pathIn(here) });
  const b = await openBeside(a, pathIn(there));
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await expect(roomTitle(b, "harbour")).toBeVisible();
  await expect(roomList(a)).not.toContainText("harbour");
  await expect(roomList(b)).not.toContainText("lighthouse");

  await say(a, "From the lighthouse");
  await say(b, "From the harbour");
  await expect(message(a, "From the lighthouse")).not.toContainText("waiting");
  await expect(message(b, "From the harbour")).not.toContainText("waiting");
  await expect(log(a)).not.toContainText("From the harbour");
  await expect(log(b)).not.toContainText("From the lighthouse");

  await composer(a).fill("A draft for the lighthouse");
  await composer(b).fill("A draft for the harbour");
  await sayAs(there.bo, { ...there, room: pier }, ["Look at the pier"]);
  await expect(roomLink(b, "pier")).toContainText("1");
  await expect(b).toHaveTitle(/^\(1\)/);
  await expect(a).toHaveTitle(/^#lighthouse/);
  for (const page of [a, b]) {
    await page.reload();
    await settled(page);
  }
  await expect(composer(a)).toHaveValue("A draft for the lighthouse");
  await expect(composer(b)).toHaveValue("A draft for the harbour");
  await expect(a).toHaveTitle(/^#lighthouse/);

  // The start page opens the room that was last visited in that organization.
  await a.goto(pathsOf(here.organization.handle).home);
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await b.goto(pathsOf(there.organization.handle).home);
  await expect(roomTitle(b, "harbour")).toBeVisible();
});

test.describe("without a network", () => {
  test.use({ expectedNoise: /ERR_INTERNET_DISCONNECTED/ });

  test("what was written offline in two organizations is sent by the tab of each", async ({ enter }) => {
    const { here, there } = await makeBoth();
    const a = await enter(here.ada, { at: pathIn(here) });
    const b = await openBeside(a, pathIn(there));
    for (const page of [a, b]) await expect(log(page)).toBeVisible();
    await a.context().setOffline(true);
    for (const text of ["Unsent 1", "Unsent 2"]) {
      await say(a, `${text} here`);
      await say(b, `${text} there`);
    }
    await expect(message(a, "Unsent 2 here")).toContainText("waiting");
    await expect(message(b, "Unsent 2 there")).toContainText("waiting");
    await expect(log(a)).not.toContainText("there");
    await a.context().setOffline(false);
    for (const [page, where] of [
      [a, "here"],
      [b, "there"],
    ] as const)
      await expect(message(page, `Unsent 2 ${where}`)).not.toContainText("waiting");
    expect(await bodiesIn(here)).toEqual(["Unsent 1 here", "Unsent 2 here"]);
    expect(await bodiesIn(there)).toEqual(["Unsent 1 there", "Unsent 2 there"]);
  });
});

test("signing out in one organization signs this browser out of both", async ({ enter }) => {
  const { here, there } = await makeBoth();
  const a = await enter(here.ada, { at: pathIn(here) });
  const b = await openBeside(a, pathsOf(there.organization.handle).setting("account"));
  const c = await openBeside(a, pathIn(there));
  for (const page of [a, c]) await expect(log(page)).toBeVisible();
  await b.getByRole("button", { name: "Sign out", exact: true }).click();
  for (const page of [a, b, c]) await expect(signInPage(page)).toBeVisible();
  await c.goto(pathIn(there));
  await expect(signInPage(c)).toBeVisible();
});

test.describe("a session that ends", () => {
  // A tab without a socket learns it from the answer to its next poll.
  test.use({ expectedNoise: /status of 401/ });

  test("whoever is deactivated in one organization goes on in the other", async ({ enter }) => {
    const { here, there, ada } = await makeBoth();
    const a = await enter(here.ada, { at: pathIn(here) });
    const b = await openBeside(a, pathIn(there));
    await expect(composer(b)).toBeVisible();
    await db().person.update({ where: { id: ada.id }, data: { deactivatedAt: new Date() } });
    await expect(b.getByText("Your account was deactivated")).toBeVisible();
    await say(a, "Still here");
    await expect(message(a, "Still here")).not.toContainText("waiting");
    await a.goto("/");
    await expect(roomTitle(a, "lighthouse")).toBeVisible();
    await expect(a).toHaveURL(theServer().url + pathIn(here));
  });
});

test.describe("an organization that one is not in", () => {
  test.use({ expectedNoise: /status of 404/ });

  test("has the page of one that does not exist", async ({ enter }) => {
    const { here } = await makeBoth();
    const stranger = await makeOrganization();
    const page = await enter(here.bo, { at: pathIn(here) });
    for (const handle of [stranger.handle, "nowhere"]) {
      const answer = await page.goto(pathsOf(handle).browse);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "There's no page here" })).toBeVisible();
    }
    await page.getByRole("link", { name: "Go to Parley" }).click();
    await expect(roomTitle(page, "lighthouse")).toBeVisible();
  });
});

test("an old address opens the same page of the organization, and capitals change nothing", async ({ enter }) => {
  const { here } = await makeBoth();
  const page = await enter(here.bo, { at: `/rooms/${here.room.id}?panel=members` });
  await expect(page).toHaveURL(`${theServer().url}${pathIn(here)}?panel=members`);
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
  await page.goto(pathIn(here).replace(here.organization.handle, here.organization.handle.toUpperCase()));
  await expect(page).toHaveURL(theServer().url + pathIn(here));
});
