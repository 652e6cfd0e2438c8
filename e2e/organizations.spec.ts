// One person in two organizations, each in a tab of the same browser.
import type { Locator, Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { joinAs, joinOrganization, makeOrganization, makePerson } from "@/tests/harness/people";
import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, log, message, roomLink, roomList, roomTitle, say, settled } from "./screen";
import { addRoom, makeAlone, makeTeam, programOf, sayAs, theServer, type Team } from "./team";

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

/** The button of the organization's menu. Its name also says whether something is unread elsewhere. */
const menuOf = (page: Page, name: string) => roomList(page).getByRole("button", { name: new RegExp(`^${name}`) });
const item = (page: Page, name: string | RegExp) => page.getByRole("menuitem", { name });

test("what a browser keeps is kept by person, so nothing of one organization is found under another", async ({
  enter,
}) => {
  const { here, there, ada } = await makeBoth();
  const a = await enter(here.ada, { at: pathIn(here) });
  const b = await openBeside(a, pathIn(there));
  await composer(a).fill("A draft for the lighthouse");
  await composer(b).fill("A draft for the harbour");
  const stored = (page: Page) =>
    page.evaluate(() =>
      [localStorage, sessionStorage].flatMap((storage) =>
        Object.entries(storage).filter(([key]) => key.startsWith("parley")),
      ),
    );
  await expect.poll(async () => JSON.stringify(await stored(b))).toContain("A draft for the harbour");
  const entries = [...(await stored(a)), ...(await stored(b))] as [string, string][];
  const ofDevice = /^parley\.(theme|reloaded)$/;
  expect(entries.filter(([key]) => !ofDevice.test(key) && !key.includes(ada.id) && !key.includes(here.ada.id))).toEqual(
    [],
  );
  const under = (id: string) => JSON.stringify(entries.filter(([key]) => key.includes(id)));
  expect(under(here.ada.id)).toContain("lighthouse");
  expect(under(here.ada.id)).not.toContain("harbour");
  expect(under(here.ada.id)).not.toContain(there.room.id);
  expect(under(ada.id)).toContain("harbour");
  expect(under(ada.id)).not.toContain(here.room.id);
});

test("the organization's menu says what is new in the other one, and opens it", async ({ enter }) => {
  const { here, there, ada } = await makeBoth();
  const page = await enter(here.ada, { at: pathIn(here) });
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
  await sayAs(there.bo, there, ["News from the harbour"]);
  await menuOf(page, "Larkfield").click();
  await expect(item(page, /^Larkfield/)).toBeVisible();
  await expect(item(page, /^Harbourside/)).toContainText("unread");
  await expect(menuOf(page, "Larkfield")).toHaveAccessibleName(/^Larkfield\s*, unread in another organization$/);
  await expect(page, "the title is this organization's").toHaveTitle(/^#lighthouse/);

  await test.step("a direct message waits for Ada, which the open menu shows when it is opened again", async () => {
    const bo = await programOf(there.bo);
    const { room } = data(await bo.rest("direct.open", { personIds: [ada.id] }));
    for (const body of ["Are you there?", "Ada?"]) data(await bo.rest("message.send", { roomId: room.id, body }));
    await page.keyboard.press("Escape");
    await menuOf(page, "Larkfield").click();
    await expect(item(page, /^Harbourside/)).toContainText("2 waiting for you");
    await expectAccessible(page, ["wide"]);
  });

  await item(page, /^Harbourside/).click();
  await expect(roomTitle(page, "Bo Larsen"), "what is newest").toBeVisible();
  await settled(page);
  await expect(roomList(page)).not.toContainText("lighthouse");
  await menuOf(page, "Harbourside").press("Enter");
  await expect(item(page, "Larkfield")).toBeVisible();
  await expect(item(page, "Larkfield")).not.toContainText(/unread|waiting/);
  await page.keyboard.press("Escape");
  await page.goto("/");
  await expect(roomTitle(page, "Bo Larsen"), "in the one that was used last").toBeVisible();
});

test("on a phone, the menu's targets are large enough, and it opens the other organization", async ({ enter }) => {
  const { here } = await makeBoth();
  const page = await enter(here.ada, { at: pathsOf(here.organization.handle).home, ...phone });
  await menuOf(page, "Larkfield").click();
  const harbourside = item(page, /^Harbourside/);
  await expect(harbourside).toBeVisible();
  expect((await harbourside.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await harbourside.click();
  await expect(roomLink(page, "harbour")).toBeVisible();
});

test("an account in one organization has no list of organizations", async ({ enter }) => {
  const { bo, room, organization } = await makeTeam();
  const page = await enter(bo, { at: "about:blank" });
  // Until the server has answered, the menu of everybody looks like that.
  const answered = page
    .waitForEvent("websocket")
    .then((socket) => socket.waitForEvent("framereceived", ({ payload }) => String(payload).includes('"mayCreate":')));
  await page.goto(pathIn({ organization, room }));
  await answered;
  await menuOf(page, "Larkfield").click();
  await expect(item(page, "Leave Larkfield")).toBeVisible();
  await expect(page.getByRole("menu").getByText("Organizations")).toHaveCount(0);
  await expect(item(page, "Create organization"), "that is for owners").toHaveCount(0);
});

test.describe("a refused address", () => {
  test.use({ expectedNoise: /status of (400|409)/ });

  test("an owner creates another organization, and goes on to its first rooms", async ({ enter }) => {
    const team = await makeTeam();
    const suffix = team.room.id.slice(-12);
    const page = await enter(team.ada, { at: pathIn(team) });
    await menuOf(page, "Larkfield").click();
    await item(page, "Create organization").click();
    const dialog = page.getByRole("dialog", { name: "Create organization" });
    const create = dialog.getByRole("button", { name: "Create organization" });
    const [name, address] = ["Name", "Address"].map((label) => dialog.getByRole("textbox", { name: label })) as [
      Locator,
      Locator,
    ];
    await create.click();
    await expect(name).toHaveAccessibleDescription("Enter a name.");
    await name.fill(`North Pier ${suffix}`);
    await expect(address).toHaveValue(`north-pier-${suffix}`);
    await address.clear();
    await expect(address).toHaveValue("");
    await address.pressSequentially("pier");
    await expect(address).toHaveValue("pier");
    await expectAccessible(page);
    await address.fill(team.organization.handle);
    await create.click();
    await expect(address).toHaveAccessibleDescription("This address is taken. Choose another one.");
    await expect(name).toHaveValue(`North Pier ${suffix}`);
    await address.fill("a--b");
    await create.click();
    await expect(address).toHaveAccessibleDescription(/single hyphens/);
    const handle = `pier-${suffix}`;
    await address.fill(handle.toUpperCase());
    await expect(address).toHaveValue(handle);
    await create.click();
    await expect(page.getByRole("heading", { name: "Your first rooms" })).toBeVisible();
    await expect(page).toHaveURL(`${theServer().url}${pathsOf(handle).setup("rooms")}`);
    await settled(page);
    await page.getByRole("button", { name: /^Create \d room/ }).click();
    await page.getByRole("link", { name: "Go to General" }).click();
    await expect(roomTitle(page, "General")).toBeVisible();
    await settled(page);
    await say(page, "The first word");
    await expect(message(page, "The first word")).not.toContainText("waiting");
    await menuOf(page, "North Pier").click();
    await item(page, "Larkfield").click();
    await expect(roomTitle(page, "lighthouse")).toBeVisible();
    await expect(log(page)).not.toContainText("The first word");
  });
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

  test("the menu does not leave a page that works offline for one that can't be loaded", async ({ enter }) => {
    const { here } = await makeBoth();
    const page = await enter(here.ada, { at: pathIn(here) });
    await menuOf(page, "Larkfield").click();
    await expect(item(page, /^Harbourside/)).toBeVisible();
    await page.context().setOffline(true);
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: "Offline." })).toBeVisible();
    await expect(item(page, /^Harbourside/)).toBeDisabled();
    await expect(page.getByText("Switch when you're connected again.")).toBeVisible();
    await page.keyboard.press("Escape");
    await say(page, "Still here");
    await page.context().setOffline(false);
    await expect(message(page, "Still here")).not.toContainText("waiting");
    await menuOf(page, "Larkfield").click();
    await item(page, /^Harbourside/).click();
    await expect(roomTitle(page, "harbour")).toBeVisible();
  });
});

test.describe("signing out", () => {
  // A tab whose socket is not connected yet learns it from the answer to its poll.
  test.use({ expectedNoise: /status of 401/ });

  test("in one organization signs this browser out of both", async ({ enter }) => {
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
});

test.describe("a session that ends", () => {
  // A tab without a socket learns it from the answer to its next poll.
  test.use({ expectedNoise: /status of 401/ });

  test("whoever is deactivated in one organization goes on in the other", async ({ enter }) => {
    const { here, there, ada } = await makeBoth();
    const a = await enter(here.ada, { at: pathIn(here) });
    const b = await openBeside(a, pathIn(there));
    await expect(composer(b)).toBeVisible();
    data(await (await programOf(there.ada)).rest("person.deactivate", { personId: ada.id }));
    await expect(b.getByText("Your account was deactivated in Harbourside")).toBeVisible();
    await expect(b.getByRole("list", { name: "Organizations" }).getByRole("link")).toHaveText([/Larkfield/]);
    await say(a, "Still here");
    await expect(message(a, "Still here")).not.toContainText("waiting");
    await a.goto("/");
    await expect(roomTitle(a, "lighthouse")).toBeVisible();
    await expect(a).toHaveURL(theServer().url + pathIn(here));
  });
});

test.describe("leaving", () => {
  // A tab of the organization that Ada has left may ask once more before it knows.
  test.use({ expectedNoise: /status of 401/ });

  test("an organization lists what is lost, ends it in every tab, and opens the other one", async ({ enter }) => {
    const { here, there, ada } = await makeBoth();
    await addRoom(there, { name: "secret", access: "private" }, ada, there.bo);
    const a = await enter(here.ada, { at: pathIn(there) });
    const other = await openBeside(a, pathIn(there));
    const home = await openBeside(a, pathIn(here));
    for (const page of [a, other, home]) await expect(composer(page)).toBeVisible();
    // As if Ada had created an invite link in this tab.
    await other.evaluate((key) => sessionStorage.setItem(key, "{}"), `parley.invite ${ada.id} `);
    await say(a, "I was here");
    await expect(message(a, "I was here")).not.toContainText("waiting");
    await composer(a).fill("A draft for the harbour");
    await composer(home).fill("A draft for the lighthouse");
    await menuOf(a, "Harbourside").click();
    await item(a, "Leave Harbourside").click();
    const dialog = a.getByRole("alertdialog", { name: "Leave Harbourside?" });
    const lost = dialog.getByRole("list", { name: "What you lose" }).getByRole("listitem");
    await expect(lost).toHaveText([/^secretPrivate: .*No other admin$/, /^harbourPublic: .*You leave it$/]);
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expectAccessible(a);
    await dialog.getByRole("button", { name: "Leave organization" }).click();
    await expect(roomTitle(a, "lighthouse")).toBeVisible();
    await expect(other.getByText("You left Harbourside.")).toBeVisible();
    await expect(other.getByRole("textbox")).toHaveCount(0);
    await expectAccessible(other);
    await other
      .getByRole("list", { name: "Organizations" })
      .getByRole("link", { name: /Larkfield/ })
      .click();
    await expect(roomTitle(other, "lighthouse")).toBeVisible();
    await settled(other);
    await expect(composer(home)).toHaveValue("A draft for the lighthouse");
    const kept = await a.evaluate(() => JSON.stringify([localStorage, sessionStorage].map(Object.entries)));
    expect(kept).toContain("A draft for the lighthouse");
    expect(kept).not.toContain(ada.id);
    expect(await other.evaluate(() => Object.keys(sessionStorage))).not.toContain(`parley.invite ${ada.id} `);
    await menuOf(other, "Larkfield").click();
    await expect(item(other, "Leave Larkfield")).toBeVisible();
    await expect(item(other, /^Harbourside/)).toHaveCount(0);
    expect(await bodiesIn(there)).toContain("I was here");
  });
});

test("whoever is alone can't leave, and is led to inviting somebody", async ({ enter }) => {
  const { ada, room, organization } = await makeAlone();
  const page = await enter(ada, { at: pathIn({ organization, room }) });
  await menuOf(page, "Larkfield").click();
  await item(page, "Leave Larkfield").click();
  const dialog = page.getByRole("alertdialog", { name: "Leave Larkfield?" });
  await expect(dialog).toContainText("No one else is in it");
  await expect(dialog.getByRole("button", { name: "Leave organization" })).toHaveCount(0);
  await dialog.getByRole("link", { name: "Invite people" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invites" })).toBeVisible();
});

test.describe("a password of an account that is nowhere", () => {
  test.use({ expectedNoise: /status of (401|403)/ });

  test("leads to a sentence that is true, for whoever has left their only organization", async ({ visit }) => {
    const password = "correct horse battery";
    const { organization, room } = await makeTeam();
    const mia = await makePerson(organization, { name: "Mia Park", password });
    await joinAs("member", room, mia);
    const page = await visit({ at: pathIn({ organization, room }) });
    const signIn = async () => {
      await page.getByRole("textbox", { name: "Email" }).fill(mia.email);
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Sign in" }).click();
    };
    await signIn();
    await expect(roomTitle(page, "lighthouse")).toBeVisible();
    await settled(page);
    await menuOf(page, "Larkfield").click();
    await item(page, "Leave Larkfield").click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Leave organization" }).click();
    await expect(page.getByText("You left Larkfield.")).toBeVisible();
    await settled(page);
    await signIn();
    const said = page.getByRole("alert").filter({ hasText: "This account is no longer in any organization." });
    await expect(said).toBeVisible();
    await expect(page.getByText("Wrong email or password.")).toHaveCount(0);
  });
});

test("the only owner can't leave, and is led to the people to make another one", async ({ enter }) => {
  const { ada, room, organization } = await makeAlone();
  await makePerson(organization, { name: "Bo Larsen" });
  const page = await enter(ada, { at: pathIn({ organization, room }) });
  await menuOf(page, "Larkfield").click();
  await item(page, "Leave Larkfield").click();
  const dialog = page.getByRole("alertdialog", { name: "Leave Larkfield?" });
  await expect(dialog).toContainText("You're its only owner");
  await expect(dialog.getByRole("button", { name: "Leave organization" })).toHaveCount(0);
  await dialog.getByRole("link", { name: "Choose an owner" }).click();
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
});

test("the sign-in asks which organization, the one that was used last first, and remembers the answer", async ({
  visit,
}) => {
  const password = "correct horse battery";
  const [here, there] = [await makeTeam(), await makeTeam({ room: "harbour" })];
  await db().organization.update({ where: { id: there.organization.id }, data: { name: "Harbourside" } });
  const mia = await makePerson(here.organization, { name: "Mia Park", password });
  await joinAs("member", here.room, mia);
  await joinAs("member", there.room, await joinOrganization(mia, there.organization));
  const longAgo = new Date(Date.now() - 3_600_000);
  await db().session.update({ where: { id: mia.sessionId }, data: { lastUsedAt: longAgo } });
  const page = await visit({ at: "/sign-in" });
  const signIn = async () => {
    await page.getByRole("textbox", { name: "Email" }).fill(mia.email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Choose an organization" })).toBeVisible();
    await settled(page);
  };
  const links = page.getByRole("list", { name: "Organizations" }).getByRole("link");
  await signIn();
  await expect(links).toHaveText([/Harbourside/, /Larkfield/]);
  await expect(links.first()).toBeFocused();
  await expectAccessible(page);
  await links.last().click();
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
  await page.goto("/");
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
  await settled(page);

  await menuOf(page, "Larkfield").click();
  await item(page, "Sign out Mia Park").click();
  await expect(signInPage(page)).toBeVisible();
  await settled(page);
  await signIn();
  await expect(links).toHaveText([/Larkfield/, /Harbourside/]);
  await expect(links.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
});

test("a sign-in that was for a page of one organization leads there without asking", async ({ visit }) => {
  const password = "correct horse battery";
  const [here, there] = [await makeTeam(), await makeTeam({ room: "harbour" })];
  const mia = await makePerson(here.organization, { name: "Mia Park", password });
  await joinAs("member", here.room, mia);
  await joinOrganization(mia, there.organization);
  const page = await visit({ at: pathIn(here) });
  await page.getByRole("textbox", { name: "Email" }).fill(mia.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
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
