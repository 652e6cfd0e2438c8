// An admin runs the life of a room and of a person from the settings, by keyboard alone.
import type { Locator, Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { handleOf, makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expectRoomForNames } from "./columns";
import { expect, phone, test } from "./fixtures";
import { composer, message, roomLink, roomPath } from "./screen";
import { addRoom, addRooms, makeTeam, programOf, sayAs, type Team } from "./team";

/** Presses Tab, or Shift+Tab if this is before the focus, until this has it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const where = () =>
    target.evaluate((element) => {
      const focused = document.activeElement ?? document.body;
      if (focused === element) return "here";
      const isBefore =
        focused !== document.body && focused.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
      return isBefore ? "before" : "after";
    });
  for (let presses = 0; presses < 150; presses++) {
    const place = await where();
    if (place === "here") return;
    await page.keyboard.press(place === "before" ? "Shift+Tab" : "Tab");
  }
  await expect(target).toBeFocused();
}

/** Opens the menu of a row and chooses an item. */
async function choose(page: Page, of: string, item: string): Promise<void> {
  await tabTo(page, page.getByRole("button", { name: `Actions for ${of}` }));
  await page.keyboard.press("Enter");
  const items = page.getByRole("menuitem");
  const wanted = page.getByRole("menuitem", { name: item, exact: true });
  await expect(wanted).toBeVisible();
  const place = (await items.allTextContents()).indexOf(item);
  for (let at = 0; at < place; at++) {
    // The menu moves the focus a moment after the key. A key before that would be lost.
    await expect(items.nth(at)).toBeFocused();
    await page.keyboard.press("ArrowDown");
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press("Enter");
}

/** Confirms the open question. */
async function confirm(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole("alertdialog");
  await tabTo(page, dialog.getByRole("button", { name: button }));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}

/** Presses a button by its name. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole("button", { name }));
  await page.keyboard.press("Enter");
}

/** Chooses somebody in the dialog that adds people, and adds or invites them. */
async function addPerson(page: Page, name: string, way: "Add" | "Invite"): Promise<void> {
  await press(page, "Add people");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type(name);
  if (way === "Invite") {
    await tabTo(page, dialog.getByRole("radio", { checked: true }));
    await page.keyboard.press("ArrowRight");
  }
  await tabTo(page, dialog.getByRole("button", { name, pressed: false }));
  await page.keyboard.press("Space");
  await tabTo(page, dialog.getByRole("button", { name: way, exact: true }));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}

/** What the page of a room offers besides its name and its end: access, history, people, bans, requests and invites. */
async function runRoom(page: Page, b: Page, { organization, room }: Team): Promise<void> {
  const cleo = await makePerson(organization, { name: "Cleo Stranger" });
  const dan = await makePerson(organization, { name: "Dan Asking" });
  const people = page.getByRole("list", { name: "People" });
  await test.step("it becomes private, and quiet for newcomers", async () => {
    await tabTo(page, page.getByRole("radio", { name: "Public" }));
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByText("Only the room's admins can make it public again.")).toBeVisible();
    await tabTo(page, page.getByRole("combobox", { name: "Newcomers see" }));
    await page.keyboard.press("ArrowDown");
    await tabTo(page, page.getByRole("switch", { name: "Tell who joins and leaves" }));
    await page.keyboard.press("Space");
    await press(page, "Save changes");
    await expect(message(b, "Ada Lovelace made the room private")).toBeVisible();
    await expect
      .poll(() =>
        db().room.findUnique({ where: { id: room.id }, select: { access: true, history: true, notices: true } }),
      )
      .toEqual({ access: "private", history: "fromJoining", notices: false });
  });
  await test.step("somebody asks to join by its link, and is let in", async () => {
    await press(page, "Create link");
    const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
    const token = link.slice(link.lastIndexOf("/") + 1);
    data(await (await programOf(dan)).rest("joinRequest.send", { token }));
    await press(page, "Approve Dan Asking");
    await expect(people).toContainText("Dan Asking");
    await press(page, "Revoke link");
    await expect(page.getByRole("button", { name: "Revoke link" })).toHaveCount(0);
  });
  await test.step("somebody is invited, the invite is withdrawn, and they are added", async () => {
    await addPerson(page, "Cleo Stranger", "Invite");
    await press(page, "Withdraw the invite of Cleo Stranger");
    await expect(page.getByText("Withdrawn")).toBeVisible();
    await addPerson(page, "Cleo Stranger", "Add");
    await expect(people).toContainText("Cleo Stranger");
  });
  await test.step("they are banned and unbanned, and what happened tells it", async () => {
    await choose(page, "Cleo Stranger", "Ban from room");
    await confirm(page, "Ban");
    await expect(people).not.toContainText("Cleo Stranger");
    await press(page, "Unban Cleo Stranger");
    await expect(page.getByRole("list", { name: "What happened" })).toContainText("Unbanned from room: Cleo Stranger");
    expect(await db().ban.count({ where: { roomId: room.id, personId: cleo.id } })).toBe(0);
  });
}

for (const [where, device] of [
  ["a laptop", {}],
  ["a phone", phone],
] as const) {
  test.describe("a room that ends", () => {
    // Its page asks for its people once more.
    test.use({ expectedNoise: /status of 404/ });

    test(`an admin runs the life of a room from the settings on ${where}, by keyboard alone`, async ({ enter }) => {
      const team = await makeTeam();
      const { ada, bo, room } = team;
      const b = await enter(bo, { at: roomPath(room) });
      await expect(composer(b)).toBeVisible();
      const page = await enter(ada, { at: "/settings/rooms", ...device });

      await choose(page, "#lighthouse", "Archive");
      await expect(b.getByText("This room is archived. No one can post in it.")).toBeVisible();
      await choose(page, "#lighthouse", "Unarchive");
      await expect(composer(b)).toBeVisible();

      await choose(page, "#lighthouse", "Settings and people");
      const name = page.getByRole("textbox", { name: "Name", exact: true });
      await tabTo(page, name);
      await page.keyboard.press("Control+a");
      await page.keyboard.type("observatory");
      await page.keyboard.press("Enter");
      await expect(roomLink(b, "observatory")).toBeVisible();

      await runRoom(page, b, team);

      await tabTo(page, page.getByRole("button", { name: "Delete room" }));
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await expect(dialog.getByRole("button", { name: "Delete room" })).toBeDisabled();
      await page.keyboard.type("Observatory");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "Rooms", level: 1 })).toBeVisible();
      await expect(roomLink(b, "observatory")).toHaveCount(0);
      await expect(composer(b)).toHaveCount(0);
    });
  });

  test.describe("a person whose login ends", () => {
    // Their page may send a read position at that moment.
    test.use({ expectedNoise: /status of 401/ });

    test(`an owner runs the life of a person from the settings on ${where}, by keyboard alone`, async ({ enter }) => {
      const { ada, bo, room } = await makeTeam();
      await db().membership.updateMany({ where: { roomId: room.id, personId: bo.id }, data: { role: "moderator" } });
      await sayAs(bo, { room }, ["I was here"]);
      const [b, chat] = [await enter(bo, { at: roomPath(room) }), await enter(ada, { at: roomPath(room) })];
      await expect(composer(b)).toBeVisible();
      await expect(message(chat, "I was here")).not.toContainText("Deactivated");
      const page = await enter(ada, { at: "/settings/people", ...device });
      const row = page.getByRole("row").filter({ hasText: "Bo Larsen" });

      await choose(page, "Bo Larsen", "Make admin");
      await confirm(page, "Make admin");
      await expect(row).toContainText("Admin");
      await choose(page, "Bo Larsen", "Make member");
      await confirm(page, "Make member");
      await expect(row).toContainText("Member");
      await choose(page, "Bo Larsen", "Make guest");
      await expect(page.getByRole("alertdialog").getByRole("listitem")).toHaveText(/lighthouse.*No longer moderator/);
      await confirm(page, "Make guest");
      await expect(row).toContainText("Guest");

      await choose(page, "Bo Larsen", "Deactivate");
      await confirm(page, "Deactivate");
      await expect(row).toContainText(/deactivated/i);
      await expect(message(chat, "I was here")).toContainText("Deactivated");
      await expect(
        b
          .getByRole("heading", { name: "Sign in to Parley" })
          .or(b.getByText(/signed out/i))
          .first(),
      ).toBeVisible();
      await choose(page, "Bo Larsen", "Reactivate");
      await confirm(page, "Reactivate");
      await expect(row).not.toContainText(/deactivated/i);
      await expect(message(chat, "I was here")).not.toContainText("Deactivated");

      await page.goto(pathsOf(handleOf(ada.organizationId)).setting("audit"));
      const details = page.getByRole("button", { name: "Show details of “Deactivated” on Bo Larsen" });
      await tabTo(page, details);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("table", { name: "Before and after" })).toContainText("DeactivatedNoYes");
    });
  });
}

test.describe("a table", () => {
  // The cursor in the address that is none.
  test.use({ expectedNoise: /status of 400/ });

  test("shows the search, the order and the page that its address says, loses no letter, and ignores an address that makes no sense", async ({
    enter,
  }) => {
    const team = await makeTeam();
    const names = Array.from({ length: 60 }, (_, at) => `lamp ${String(at).padStart(2, "0")}`);
    await addRooms(team, names, team.ada);
    const page = await enter(team.ada, { at: "/settings/rooms" });
    const search = page.getByRole("searchbox", { name: "Search rooms" });
    await search.fill("lamp");
    await page.getByRole("combobox", { name: "State" }).selectOption("Open");
    const link = page.getByRole("row").getByRole("link", { name: /^lamp/ });
    // Found rooms are not counted.
    await expect(page.getByRole("navigation", { name: "Pages" }).getByRole("status")).toHaveText("1 to 20");
    await expect(page.getByRole("row").filter({ hasText: "lighthouse" })).toHaveCount(0);
    const first = await link.first().textContent();
    await page.getByRole("button", { name: "Next" }).click();
    await expect(link.first()).not.toHaveText(first ?? "");
    const onSecond = (await link.first().textContent()) ?? "";
    await expect(page).toHaveURL(/pages=.*/);
    await link.first().click();
    await expect(page.getByRole("heading", { level: 1, name: onSecond })).toBeVisible();
    for (const comeBack of [() => page.goBack(), () => page.reload()]) {
      await comeBack();
      await expect(link.first()).toHaveText(onSecond);
      await expect(search).toHaveValue("lamp");
      await expect(page.getByRole("combobox", { name: "State" })).toHaveValue("open");
    }
    // The link to this page has no filters.
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Rooms", exact: true }).click();
    await expect(page).toHaveURL(/\/rooms$/);
    await expect(search).toHaveValue("");
    await expect(page.getByRole("combobox", { name: "State" })).toHaveValue("");
    await expect(page.getByRole("navigation", { name: "Pages" })).toContainText(/^1 to 20 of/);
    await page.goBack();
    await expect(link.first()).toHaveText(onSecond);
    await expect(search).toHaveValue("lamp");
    await page.goForward();
    await expect(search).toHaveValue("");
    // For several seconds, while the address is written again and again.
    const long = "lamp 17 beside the stairs to the lantern";
    await search.pressSequentially(long, { delay: 90 });
    await expect(search).toHaveValue(long);
    await expect.poll(() => new URL(page.url()).searchParams.get("search")).toBe(JSON.stringify(long));
    await expect(search).toHaveValue(long);
    const { settings } = pathsOf(handleOf(team.ada.organizationId));
    await page.goto(`${settings}/rooms?pages=["nonsense"]&filters={"sort":5}&group=1`);
    await expect(page.getByRole("row").getByRole("link").first()).toBeVisible();
    const filters = { person: null, room: null, act: "", since: "nonsense", until: "" };
    await page.goto(`${settings}/audit?filters=${JSON.stringify(filters)}`);
    await expect(page.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
  });
});

test("the page of a room shows people who join and leave by themselves, and keeps what is typed", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo } = team;
  const kitchen = await addRoom(team, { name: "kitchen" }, ada);
  const page = await enter(ada, { at: "about:blank" });
  await page.clock.install();
  await page.goto(`${pathsOf(handleOf(ada.organizationId)).setting("rooms")}/${kitchen.id}`);
  // The page asks every five seconds.
  const ask = () => page.clock.fastForward(5_000);
  const people = page.getByRole("list", { name: "People" });
  await expect(people.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByText("1 person, ")).toBeVisible();
  const topic = page.getByRole("textbox", { name: "Topic" });
  await topic.fill("What we eat");
  const his = await programOf(bo);
  data(await his.rest("membership.join", { roomId: kitchen.id }));
  await ask();
  await expect(people.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByText("2 people, ")).toBeVisible();
  data(await his.rest("membership.leave", { roomId: kitchen.id }));
  await ask();
  await expect(people.getByRole("listitem")).toHaveCount(1);
  await expect(topic).toHaveValue("What we eat");
});

test("what one admin changes is shown to another at once, who loses nothing that they typed or selected", async ({
  enter,
}) => {
  const { ada, bo } = await makeTeam();
  await db().person.update({ where: { id: bo.id }, data: { role: "admin" } });
  const a = await enter(ada, { at: "/settings/general" });
  const b = await enter(bo, { at: "/settings/general" });
  const rule = (page: Page) => page.getByRole("switch", { name: "Create rooms" });
  const name = b.getByRole("textbox", { name: "Organization name" });
  await name.fill("Larkfield Observatory");
  await rule(a).uncheck();
  await a.getByRole("button", { name: "Save changes" }).click();
  await expect(rule(b)).not.toBeChecked();
  await expect(name).toHaveValue("Larkfield Observatory");
  await b.getByRole("button", { name: "Save changes" }).click();
  await expect(a.getByRole("textbox", { name: "Organization name" })).toHaveValue("Larkfield Observatory");

  for (const page of [a, b]) await page.getByRole("link", { name: "Rooms", exact: true }).click();
  const row = (page: Page) => page.getByRole("row").filter({ hasText: "lighthouse" });
  await row(b).getByRole("checkbox").check();
  await row(a).getByRole("button", { name: "Actions for #lighthouse" }).click();
  await a.getByRole("menuitem", { name: "Archive", exact: true }).click();
  await expect(row(b)).toContainText("Archived");
  await expect(row(b).getByRole("checkbox")).toBeChecked();
});

test.describe("a form", () => {
  // The refusal of the empty name.
  test.use({ expectedNoise: /status of 400/ });

  test("a setting that is changed in one window changes what members can do in another at once", async ({ enter }) => {
    const { ada, bo, room } = await makeTeam();
    const b = await enter(bo, { at: roomPath(room) });
    await b.getByRole("button", { name: "Add rooms" }).click();
    await expect(b.getByRole("menuitem", { name: "New room" })).toBeVisible();
    await b.keyboard.press("Escape");
    const page = await enter(ada, { at: "/settings/people" });
    await page.getByRole("link", { name: "General" }).click();

    await test.step("the name is refused beside its field, and stays as it was typed", async () => {
      await page.getByRole("textbox", { name: "Organization name" }).fill(" ");
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByText("This can't be empty.")).toBeVisible();
    });
    await test.step("leaving with unsaved changes asks first", async () => {
      await page.getByRole("link", { name: "People" }).click();
      const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
      await question.getByRole("button", { name: "Cancel" }).click();
      await expect(question).toHaveCount(0);
    });
    await test.step("so does going back", async () => {
      await page.evaluate(() => history.back());
      await page
        .getByRole("alertdialog", { name: "Leave without saving?" })
        .getByRole("button", { name: "Cancel" })
        .click();
      await expect(page.getByRole("textbox", { name: "Organization name" })).toHaveValue(" ");
    });
    await test.step("what is saved holds everywhere", async () => {
      await page.getByRole("textbox", { name: "Organization name" }).fill("Northwind");
      await page.getByRole("switch", { name: "Create rooms" }).click();
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByText("Settings saved.")).toBeVisible();
      await expect(b.getByText("Northwind").first()).toBeVisible();
      await b.getByRole("button", { name: "Add rooms" }).click();
      await expect(b.getByRole("menuitem").first()).toBeVisible();
      await expect(b.getByRole("menuitem", { name: "New room" })).toHaveCount(0);
    });
    await test.step("what is typed while it is saved stays", async () => {
      const name = page.getByRole("textbox", { name: "Organization name" });
      let answer = () => {};
      const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
      await page.route("**/api/organization", async (route) => {
        await mayAnswer;
        await route.continue();
      });
      await name.fill("Northwind A");
      const request = page.waitForRequest("**/api/organization");
      await page.getByRole("button", { name: "Save changes" }).click();
      await request;
      await name.fill("Northwind A and B");
      answer();
      await expect(b.getByText("Northwind A").first()).toBeVisible();
      await expect(page.getByText("Not saved yet.")).toBeVisible();
      await expect(name).toHaveValue("Northwind A and B");
    });
  });
});

test("the page of a room keeps to WCAG 2.2 AA, with a ban, a request and an invite, and archived", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo } = team;
  const secret = await addRoom(team, { name: "secret", access: "private" }, ada);
  const cleo = await makePerson(team.organization, { name: "Cleo" });
  const dan = await makePerson(team.organization, { name: "Dan" });
  const program = await programOf(ada);
  await program.rest("ban.add", { roomId: secret.id, personId: cleo.id });
  await program.rest("roomInvite.send", { roomId: secret.id, personId: bo.id });
  const { token } = data(await program.rest("askLink.create", { roomId: secret.id }));
  await (await programOf(dan)).rest("joinRequest.send", { token });
  const { roomSettings } = pathsOf(handleOf(ada.organizationId));
  const page = await enter(ada, { at: roomSettings(secret.id) });
  for (const name of ["Unban Cleo", "Approve Dan", /^Withdraw/])
    await expect(page.getByRole("button", { name })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Archive room" }).click();
  await expect(page.getByRole("button", { name: "Unarchive room" })).toBeVisible();
  await page.getByRole("button", { name: "Delete room" }).click();
  await expect(page.getByRole("dialog")).toContainText("Type secret to confirm");
  await expectAccessible(page);
});

test("the pages of the settings keep to WCAG 2.2 AA", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const page = await enter(ada, { at: "/settings/general" });
  const places: [string, Locator][] = [
    ["General", page.getByRole("textbox", { name: "Organization name" })],
    ["Security", page.getByRole("combobox", { name: "Owners and admins" })],
    ["Rooms", page.getByRole("table", { name: "Rooms" })],
    ["Audit log", page.getByRole("heading", { name: "Nothing yet" })],
  ];
  for (const [place, shown] of places) {
    await test.step(place, async () => {
      const pages = page.getByRole("navigation", { name: "Settings" });
      await pages.getByRole("link", { name: place, exact: true }).click();
      await expect(shown).toBeVisible();
      if (place === "Rooms") await expectRoomForNames(page, "Name");
      await expectAccessible(page);
    });
  }
  data(await (await programOf(ada)).rest("room.archive", { roomId: room.id }));
  await expect(page.getByRole("table", { name: "Audit log" })).toBeVisible();
  await expectRoomForNames(page, "When", "What");
  await page.getByRole("button", { name: "Show details of “Archived room” on #lighthouse" }).click();
  await expect(page.getByRole("table", { name: "Before and after" })).toBeVisible();
  await expectAccessible(page);

  // The filters by person and room, and the file that follows them.
  const entries = page.getByRole("button", { name: /details of “Archived room”/ });
  await page.getByRole("button", { name: "Room: any" }).click();
  await page.getByRole("searchbox", { name: "Search for a room" }).fill("light");
  await expect(page.getByRole("button", { name: "#lighthouse", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Room: #lighthouse" })).toBeFocused();
  await expect(entries).toHaveCount(1);
  await page.getByRole("button", { name: "Person: any" }).click();
  await page.getByRole("button", { name: /Bo Larsen/ }).click();
  await expect(page.getByText("No entries match")).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  const exported = await page.getByRole("menuitem", { name: "CSV" }).getAttribute("href");
  expect(exported).toMatch(new RegExp(`personId=${bo.id}&roomId=${room.id}`));
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByRole("button", { name: "Person: any" })).toBeVisible();
  await expect(entries).toHaveCount(1);
});

test("an admin chooses the rooms that newcomers join, and filters by a group that no first page has", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo, organization } = team;
  const [page, other] = [
    await enter(ada, { at: pathsOf(handleOf(ada.organizationId)).setting("default-rooms") }),
    await enter(ada, { at: pathsOf(handleOf(ada.organizationId)).setting("default-rooms") }),
  ];
  await addRoom(team, { name: "vault", access: "private" }, ada);
  await page.getByRole("button", { name: "Add room" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a default room" });
  await expect(dialog.getByRole("button", { name: "Add lighthouse" })).toBeVisible();
  await expect(dialog.getByRole("listitem").filter({ hasText: "vault" }), "a private room").toHaveCount(0);
  await dialog.getByRole("searchbox").fill("light");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add lighthouse" }).click();
  for (const each of [page, other])
    await expect(each.getByRole("list", { name: "Default rooms" })).toContainText("lighthouse");
  await expectAccessible(page);
  await other.getByRole("button", { name: "Remove #lighthouse" }).click();
  await expect(page.getByRole("list", { name: "Default rooms" }).filter({ hasText: "lighthouse" })).toHaveCount(0);

  const groups = Array.from({ length: 120 }, (_, n) => ({
    id: crypto.randomUUID(),
    name: `Team ${n}`,
    handle: `t${n}`,
  }));
  const organizationId = organization.id;
  await db().group.createMany({ data: groups.map((group) => ({ ...group, organizationId })) });
  const groupId = groups[119]?.id ?? "";
  await db().groupMember.create({ data: { organizationId, groupId, personId: bo.id } });
  await other.getByRole("link", { name: "People", exact: true }).click();
  const table = other.getByRole("table", { name: "People" });
  await expect(table.getByRole("row").filter({ hasText: "Ada Lovelace" })).toBeVisible();
  await other.getByRole("button", { name: "Group: any" }).click();
  await other.getByRole("searchbox", { name: "Search for a group" }).fill("team 119");
  await other.getByRole("button", { name: /^Team 119/ }).click();
  await expect(table.getByRole("row").filter({ hasText: "Ada Lovelace" })).toHaveCount(0);
  await expect(table.getByRole("row").filter({ hasText: "Bo Larsen" })).toBeVisible();
  await expect(other.getByRole("button", { name: "Group: Team 119" })).toBeVisible();
});
