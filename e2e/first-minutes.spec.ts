// From an empty server to the first conversation, and the screens of somebody who is alone.
import type { Locator, Page } from "@playwright/test";
import { makePerson } from "@/tests/harness/people";
import { expect, phone, test, type Visit } from "./fixtures";
import { composer, message, roomList, roomPath, roomTitle, say, settled } from "./screen";
import { addRoom, makeAlone, makeTeam } from "./team";

const clipboard: Visit = { permissions: ["clipboard-read", "clipboard-write"] };
const copiedText = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const linkIn = (place: Page | Locator) => place.getByRole("textbox", { name: "Invite link" });
const invitesPanel = (page: Page) => page.getByRole("dialog", { name: /^Invite people/ });

/** Counts what a person does in a page from here on: each click, and each field that is filled in. */
async function countEffort(page: Page) {
  const clicks: string[] = [];
  const fields = new Set<string>();
  await page.exposeFunction("noteClick", (what: string) => void clicks.push(what));
  await page.exposeFunction("noteField", (what: string) => void fields.add(what));
  const watch = () => {
    const notes = window as unknown as Record<"noteClick" | "noteField", (what: string) => void>;
    const nameOf = (event: Event) => {
      const element = event.target as HTMLElement;
      return `${location.pathname} ${element.getAttribute("name") ?? element.textContent}`;
    };
    document.addEventListener("click", (event) => notes.noteClick(nameOf(event)), true);
    document.addEventListener("input", (event) => notes.noteField(nameOf(event)), true);
  };
  await page.addInitScript(watch);
  await page.evaluate(watch);
  return { clicks, fields };
}

async function setUpAccount(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Organization" }).fill("Larkfield");
  await page.getByRole("textbox", { name: "Your name" }).fill("Ada Lovelace");
  await page.getByRole("textbox", { name: "Email" }).fill("ada@larkfield.example");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Your first rooms" })).toBeVisible();
  await settled(page);
}

test("an owner copies an invite link after at most five clicks and six fields, and the second person can write after one page of three fields", async ({
  visit,
  serve,
}) => {
  const server = await serve({ empty: true });
  const ada = await visit({ server, at: server.setUpAt ?? "", ...clipboard });
  const effort = await countEffort(ada);
  await setUpAccount(ada);
  await ada.getByRole("button", { name: "Create 1 room" }).click();
  await ada.getByRole("button", { name: "Copy link" }).click();
  await expect(ada.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await linkIn(ada).inputValue();
  expect(await copiedText(ada)).toBe(link);
  expect(effort.clicks.length, effort.clicks.join("\n")).toBeLessThanOrEqual(5);
  expect(effort.clicks.length).toBeGreaterThan(0);
  expect([...effort.fields].length, [...effort.fields].join("\n")).toBeLessThanOrEqual(6);
  expect(effort.fields.size).toBeGreaterThan(0);

  const note = ada.getByRole("note");
  await expect(note).toContainText("This link only works on this computer.");
  await expect(note).toContainText("HOST=0.0.0.0");
  await ada.getByRole("link", { name: "Go to General" }).click();
  await expect(roomTitle(ada, "General")).toBeVisible();
  await expect(roomList(ada).getByRole("listitem")).toHaveText(["Admin", "General"]);

  const bo = await visit({ server, at: link });
  const second = await countEffort(bo);
  await bo.getByRole("textbox", { name: "Your name" }).fill("Bo Larsen");
  await bo.getByRole("textbox", { name: "Email" }).fill("bo@larkfield.example");
  await bo.getByLabel("Password", { exact: true }).fill("another horse battery");
  await bo.getByRole("button", { name: "Join Larkfield" }).click();
  await expect(composer(bo)).toBeVisible();
  await settled(bo);
  expect([second.clicks.length, second.fields.size]).toEqual([1, 3]);
  await say(bo, "Glad to be here");
  await expect(message(ada, "Glad to be here")).toBeVisible();
  await say(ada, "Welcome aboard");
  await expect(message(bo, "Welcome aboard")).toBeVisible();

  await ada.goto("/setup");
  await expect(roomTitle(ada, "General"), "with somebody else here, the set-up is over").toBeVisible();
  await bo.goto("/setup?step=rooms");
  await expect(roomTitle(bo, "General"), "it never was Bo's").toBeVisible();
});

test("the chosen rooms are created once, even if several tabs ask for them several times", async ({ enter }) => {
  const { ada } = await makeAlone();
  const [page, other] = await Promise.all([enter(ada, { at: "/setup" }), enter(ada, { at: "/setup" })]);
  for (const each of [page, other]) {
    await expect(each.getByRole("switch", { name: "Admin" })).toBeChecked();
    await expect(each.getByRole("switch", { name: "General" })).toHaveCount(0);
    for (const name of ["Developer", "Trading", "Security"]) {
      await expect(each.getByRole("switch", { name })).not.toBeChecked();
    }
    await each.getByRole("switch", { name: "Developer" }).click();
    await each.getByRole("textbox", { name: "Add a room of your own" }).fill("#Design");
    await each.getByRole("button", { name: "Add", exact: true }).click();
    await expect(each.getByRole("listitem").filter({ hasText: "Design" })).toContainText("Anyone in Larkfield");
    // A name that is typed but not added yet counts, too.
    await each.getByRole("textbox", { name: "Add a room of your own" }).fill("Lunch");
  }
  await page.getByRole("button", { name: "Create 4 rooms" }).dblclick();
  await other.getByRole("button", { name: "Create 4 rooms" }).click();
  for (const each of [page, other]) await expect(linkIn(each)).toBeVisible();

  await page.goBack();
  await expect(page.getByRole("switch", { name: "Developer" })).toBeChecked();
  await expect(page.getByRole("switch", { name: "Developer" })).toBeDisabled();
  await expect(page.getByRole("listitem").filter({ hasText: "Lunch" })).toContainText("Created");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(linkIn(page)).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Rooms" })).toContainText(
    "Admin, Design, Developer, General, Lunch",
  );
  await page.getByRole("link", { name: "Go to General" }).click();
  await expect(roomList(page).getByRole("listitem")).toHaveText(["Admin", "Design", "Developer", "General", "Lunch"]);
});

test("the invite page shows the same link after a reload, and another link when its terms change", async ({
  enter,
}) => {
  const { ada } = await makeAlone();
  const page = await enter(ada, { at: "/setup?step=people", ...clipboard });
  await expect(linkIn(page)).toBeVisible();
  const first = await linkIn(page).inputValue();
  await page.reload();
  await expect(linkIn(page)).toHaveValue(first);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("combobox", { name: "How many people can use it" }).selectOption("25 people");
  await expect(linkIn(page)).not.toHaveValue(first);
  await expect(page.getByText("25 people, expires in 7 days")).toBeVisible();
  await page.goto("/settings/invites");
  const rows = page.getByRole("table", { name: "Invites" }).getByRole("row");
  await expect(rows.filter({ hasText: "0 of 25" })).toContainText("Open");
  await expect(rows.filter({ hasText: "0 of 10" }), "somebody may have it already").toContainText("Open");
});

test("the whole link is visible on a phone", async ({ enter }) => {
  const { ada } = await makeAlone();
  const page = await enter(ada, { at: "/setup?step=people", ...phone });
  await expect(linkIn(page)).toBeVisible();
  // The field grows when it has its link.
  const hidden = () =>
    linkIn(page).evaluate((field) => [field.scrollWidth - field.clientWidth, field.scrollHeight - field.clientHeight]);
  await expect.poll(hidden).toEqual([0, 0]);
});

test("the remaining set-up steps are offered in General and on the set-up page after the first step", async ({
  enter,
}) => {
  const { ada, room } = await makeAlone();
  const page = await enter(ada);
  await expect(roomTitle(page, "General")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: "Invite people" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Add rooms" }).click();
  await expect(page.getByRole("heading", { name: "Your first rooms" })).toBeVisible();
  await settled(page);
  await page.getByRole("button", { name: "Skip" }).click();
  await expect(linkIn(page)).toBeVisible();
  await page.getByRole("link", { name: "Go to General" }).click();
  await expect(page).toHaveURL(new RegExp(`${roomPath(room)}$`));
  await expect(roomList(page).getByRole("listitem")).toHaveText(["General"]);
});

test("inviting is the main action in a room with one person, and opening it copies a link", async ({ enter }) => {
  const { ada, organization, room } = await makeAlone();
  const own = await addRoom({ organization }, { name: "design" }, ada);
  const page = await enter(ada, { at: roomPath(own), ...clipboard });
  await page.getByRole("main").getByRole("button", { name: "Invite people" }).click();
  const panel = invitesPanel(page);
  await expect(panel.getByRole("button", { name: "Copied" })).toBeVisible();
  await expect(panel).toContainText("in General and #design");
  const link = await linkIn(panel).inputValue();
  expect(await copiedText(page)).toBe(link);
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(panel).toHaveCount(0);
  await page.reload();
  await settled(page);
  await page.getByRole("main").getByRole("button", { name: "Invite people" }).click();
  await expect(linkIn(panel), "the one that works still").toHaveValue(link);
  await panel.getByRole("button", { name: "New link" }).click();
  await expect(linkIn(panel)).not.toHaveValue(link);
  await page.keyboard.press("Escape");
  await page.goto(roomPath(room));
  await settled(page);
  await page.getByRole("main").getByRole("button", { name: "Invite people" }).click();
  await expect(panel).toContainText("They join as members, in General.");
});

test("on a phone the invite dialog is a sheet at the bottom", async ({ enter }) => {
  const { ada, room } = await makeAlone();
  const page = await enter(ada, { at: roomPath(room), ...phone, ...clipboard });
  await page.getByRole("button", { name: "Invite people" }).tap();
  const sheet = invitesPanel(page);
  await expect(sheet.getByRole("button", { name: "Copied" })).toBeVisible();
  const { x = -1, width = 0 } = (await sheet.boundingBox()) ?? {};
  expect([x, width]).toEqual([0, phone.viewport.width]);
  expect(await copiedText(page)).toBe(await linkIn(sheet).inputValue());
});

test("every empty list of people offers to invite", async ({ enter }) => {
  const { ada, room } = await makeAlone();
  const page = await enter(ada, { at: `${roomPath(room)}?panel=members` });
  const members = page.getByRole("complementary", { name: "Members of #General" });
  await expect(members.getByRole("heading", { name: "Only you are here so far" })).toBeVisible();
  await members.getByRole("button", { name: "Invite people" }).click();
  await expect(linkIn(invitesPanel(page))).toBeVisible();
  await page.keyboard.press("Escape");
  await members.getByRole("searchbox", { name: "Find members" }).fill("nobody");
  await expect(members.getByRole("heading", { name: "No one found" })).toBeVisible();
  await expect(members.getByRole("button", { name: "Invite people" })).toBeVisible();

  await members.getByRole("button", { name: "Add", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Add people to #General" });
  await expect(dialog.getByRole("heading", { name: "Only you are here so far" })).toBeVisible();
  await dialog.getByRole("button", { name: "Invite people" }).click();
  await expect(linkIn(invitesPanel(page))).toBeVisible();
  await invitesPanel(page).getByRole("button", { name: "Show QR code" }).click();
  await expect(invitesPanel(page).getByRole("img", { name: /QR code/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(invitesPanel(page)).toHaveCount(0);
  await expect(dialog, "Escape closes one at a time").toBeVisible();
  await dialog.getByRole("searchbox", { name: "Find people" }).fill("nobody");
  await expect(dialog.getByRole("heading", { name: "No one found" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Invite people" })).toBeVisible();

  await page.goto("/settings/people");
  await settled(page);
  await page.getByRole("searchbox", { name: "Search people" }).fill("nobody");
  await expect(page.getByRole("heading", { name: "No one found" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite people" })).toHaveCount(2);
});

test("people who may not invite see who can", async ({ enter }) => {
  const { bo, room } = await makeTeam();
  const page = await enter(bo, { at: `${roomPath(room)}?panel=members` });
  const who = "Only owners and admins can invite people to the organization. Ask one of them.";
  const members = page.getByRole("complementary", { name: "Members of #lighthouse" });
  await members.getByRole("searchbox", { name: "Find members" }).fill("nobody");
  await expect(members).toContainText(who);
  await members.getByRole("button", { name: "Add", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Add people to #lighthouse" });
  await dialog.getByRole("searchbox", { name: "Find people" }).fill("nobody");
  await expect(dialog).toContainText(who);
  await expect(page.getByRole("button", { name: "Invite people" })).toHaveCount(0);
});

test("a room with one person in a larger organization offers to add people and to invite", async ({ enter }) => {
  const team = await makeTeam();
  await makePerson(team.organization, { name: "Cleo Marsh" });
  const own = await addRoom(team, { name: "design" }, team.ada);
  const main = (await enter(team.ada, { at: roomPath(own) })).getByRole("main");
  await expect(main.getByRole("button", { name: "Add people" })).toBeVisible();
  await expect(main.getByRole("button", { name: "Invite people" })).toBeVisible();
  const bos = await addRoom(team, { name: "workshop" }, team.bo);
  const other = (await enter(team.bo, { at: roomPath(bos) })).getByRole("main");
  await expect(other.getByRole("button", { name: "Add people" })).toBeVisible();
  await expect(other.getByRole("button", { name: "Invite people" })).toHaveCount(0);
});

test("the settings make a new invite with one click and show the whole link of an invite with chosen terms", async ({
  enter,
}) => {
  const { ada } = await makeAlone();
  const page = await enter(ada, { at: "/settings/invites", ...clipboard });
  await page.getByRole("button", { name: "Invite people" }).click();
  await expect(invitesPanel(page).getByRole("button", { name: "Copied" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Invites" }).getByRole("row")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "New invite" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  const field = page.getByRole("dialog").getByRole("textbox", { name: "Link" });
  await expect(field).toHaveValue(/\/join\/[\w-]{43}$/);
  expect(await field.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await expect(page.getByRole("dialog").getByRole("note")).toContainText("only works on this computer");
});
