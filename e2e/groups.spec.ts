import type { Locator, Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { joinAs, makeGroup, makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, message, roomLink, roomList, roomPath, roomTitle, say } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

const detailsOf = (page: Page): Locator => page.getByRole("complementary");
const atDetails = (room: { id: string }) => `${roomPath(room)}?panel=details`;

async function chooseAccess(page: Page, access: string): Promise<Locator> {
  await detailsOf(page).getByRole("button", { name: "Edit who can join" }).click();
  const dialog = page.getByRole("dialog", { name: /^Who can join/ });
  await dialog.getByRole("radio", { name: access }).check();
  return dialog;
}

test.describe("from outside", () => {
  // The browser logs every error response.
  test.use({ expectedNoise: /the server responded with a status of 404/ });

  test("an admin closes a room and opens it again: those outside lose it and find it, without what was said before", async ({
    enter,
  }) => {
    const team = await makeTeam();
    const { ada, bo, room, organization } = team;
    const cleo = await makePerson(organization, { name: "Cleo Stranger" });
    const [a, b, c] = await Promise.all([
      enter(ada, { at: atDetails(room) }),
      enter(bo, { at: atDetails(room) }),
      enter(cleo, { at: "/browse" }),
    ]);
    await say(a, "For everyone");
    const found = c.getByRole("main").getByRole("link", { name: "lighthouse" });
    await expect(found).toBeVisible();

    await (await chooseAccess(a, "Private")).getByRole("button", { name: "Save" }).click();
    await expect(message(b, "Ada Lovelace made the room private")).toBeVisible();
    await expect(detailsOf(b).getByText(/^Private room, since/)).toBeVisible();
    await expect(found).toHaveCount(0);
    await say(a, "Between us");

    const dialog = await chooseAccess(a, "Public");
    await expect(dialog.getByText("People who join will see only messages from now on.")).toBeVisible();
    await expectAccessible(a);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(found).toBeVisible();
    await found.click();
    await expect(message(c, "Ada Lovelace made the room public")).toBeVisible();
    await expect(c.getByText("Between us")).toHaveCount(0);
    // Presence before absence: Bo, who was in it, sees it.
    await expect(message(b, "Between us")).toBeVisible();
    await c.getByRole("button", { name: "Join room" }).click();
    await expect(composer(c)).toBeVisible();
    await expect(c.getByText("For everyone")).toHaveCount(0);
  });

  test("under 'only later messages', a newcomer sees nothing from before, and is warned before leaving", async ({
    enter,
  }) => {
    const { ada, bo, room, organization } = await makeTeam();
    const cleo = await makePerson(organization, { name: "Cleo Stranger" });
    const [a, b] = await Promise.all([enter(ada, { at: atDetails(room) }), enter(bo, { at: atDetails(room) })]);
    await say(a, "Before Cleo");
    await detailsOf(a).getByRole("combobox", { name: "What newcomers see" }).selectOption("Only later messages");
    await expect(detailsOf(b).getByText("Only later messages")).toBeVisible();
    await expect(message(b, "Ada Lovelace hides what was said before")).toBeVisible();
    const c = await enter(cleo, { at: roomPath(room) });
    await c.getByRole("button", { name: "Join room" }).click();
    await expect(composer(c)).toBeVisible();
    await say(b, "After Cleo");
    await expect(message(c, "After Cleo")).toBeVisible();
    await expect(message(b, "Before Cleo")).toBeVisible();
    await expect(c.getByText("Before Cleo")).toHaveCount(0);

    await c.getByRole("button", { name: "More", exact: true }).click();
    await c.getByRole("menuitem", { name: "Leave room" }).click();
    await expect(c.getByRole("alertdialog")).toContainText("you won't see what was said before");
    await c.getByRole("alertdialog").getByRole("button", { name: "Leave room" }).click();
    await expect(roomLink(c, "lighthouse")).toHaveCount(0);
  });

  test("who is removed from a group loses its room right away in an open tab, after a warning that names it", async ({
    enter,
  }) => {
    const team = await makeTeam();
    const { ada, bo, organization } = team;
    const groupId = await makeGroup(organization, [bo]);
    const vault = await addRoom(team, { name: "vault", access: "restricted", groupIds: [groupId] }, ada);
    await joinAs("member", await addRoom(team, { name: "wharf", access: "restricted", groupIds: [groupId] }, ada), bo);
    data(await (await programOf(bo)).rest("membership.join", { roomId: vault.id }));
    const [a, b] = await Promise.all([
      enter(ada, { at: `/settings/groups/${groupId}` }),
      enter(bo, { at: roomPath(vault) }),
    ]);
    data(await (await programOf(ada)).rest("message.send", { roomId: vault.id, body: "While Bo is in" }));
    await expect(message(b, "While Bo is in")).toBeVisible();

    await expect(a.getByRole("heading", { name: "Opens these rooms 2" })).toBeVisible();
    await expectAccessible(a);
    await a.getByRole("button", { name: "Remove Bo Larsen" }).click();
    const warning = a.getByRole("alertdialog");
    await expect(warning).toContainText("They lose access to 1 room right away");
    await expect(warning.getByRole("listitem").filter({ hasText: "vault" })).toContainText("Loses access");
    await expect(warning.getByRole("listitem").filter({ hasText: "wharf" })).toContainText("Can no longer join");
    await expectAccessible(a);
    await warning.getByRole("button", { name: "Remove from group" }).click();
    await expect(a.getByText("No one is in it yet.")).toBeVisible();

    await expect(b.getByRole("heading", { name: "You're not in this room" })).toBeVisible();
    await expect(roomLink(b, "vault")).toHaveCount(0);
    await expect(roomLink(b, "wharf")).toBeVisible();
    await expect(b.getByText("While Bo is in")).toHaveCount(0);
  });
});

test.describe("from the settings", () => {
  // The page of a group that is deleted asks for it once more.
  test.use({ expectedNoise: /status of 404/ });

  test("an admin creates a group, fills it and deletes it; a room that was open only to it becomes private", async ({
    enter,
  }) => {
    const team = await makeTeam();
    const { ada, bo } = team;
    const a = await enter(ada, { at: "/settings/groups" });
    await expect(a.getByRole("heading", { name: "No groups yet" })).toBeVisible();
    await a.getByRole("button", { name: "New group" }).click();
    const dialog = a.getByRole("dialog", { name: "New group" });
    await dialog.getByRole("button", { name: "Create group" }).click();
    await expect(dialog.getByText("Enter a name.")).toBeVisible();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Night shift");
    await dialog.getByRole("button", { name: "Create group" }).click();
    await expect(a.getByRole("heading", { level: 2, name: "Night shift" })).toBeVisible();
    await a.getByRole("button", { name: "Add people" }).click();
    const adding = a.getByRole("dialog", { name: "Add people to Night shift" });
    // Enter chooses who fits the text, even before the server has answered it.
    const people = adding.getByRole("searchbox", { name: "People" });
    await people.fill("ada");
    await expect(adding.getByRole("button", { name: /Ada Lovelace/ })).toBeVisible();
    await people.fill("bo");
    await people.press("Enter");
    await expect(adding.getByRole("button", { name: "Remove Bo Larsen" })).toBeVisible();
    await adding.getByRole("button", { name: "Add", exact: true }).click();
    await expect(a.getByRole("list", { name: "People in the group" })).toContainText("Bo Larsen");

    await test.step("and opens a new room to it, with Bo in it from the start", async () => {
      const chat = await enter(ada);
      await expect(composer(chat)).toBeFocused();
      await roomList(chat).getByRole("button", { name: "Add rooms" }).click();
      await chat.getByRole("menuitem", { name: "New room" }).click();
      const creating = chat.getByRole("dialog", { name: "New room" });
      await creating.getByRole("textbox", { name: "Name" }).fill("vault");
      await creating.getByRole("radio", { name: "Restricted" }).check();
      await creating.getByRole("checkbox", { name: "Night shift" }).check();
      await creating.getByRole("searchbox", { name: "Who is in it from the start" }).fill("bo");
      await creating.getByRole("button", { name: /Bo Larsen/ }).click();
      await expectAccessible(chat);
      const b = await enter(bo);
      await creating.getByRole("button", { name: "Create room" }).click();
      await expect(roomTitle(chat, "vault")).toBeVisible();
      await expect(roomLink(b, "vault")).toBeVisible();
    });

    await test.step("and opens an existing room to it on the group's page, and closes it again", async () => {
      await a.getByRole("button", { name: "Add room" }).click();
      const opening = a.getByRole("dialog", { name: "Open a room to Night shift" });
      await expect(opening.getByRole("listitem")).toHaveText([/lighthouse/]);
      await expectAccessible(a);
      await opening.getByRole("button", { name: "Open lighthouse" }).click();
      const opened = a.getByRole("list", { name: /^Opens these rooms/ });
      await expect(opened.getByRole("listitem").filter({ hasText: "lighthouse" })).toContainText("Only this group");
      await a.getByRole("button", { name: "Close lighthouse to the group" }).click();
      const question = a.getByRole("alertdialog");
      await expect(question).toContainText("it becomes private. Who is in the room stays in it.");
      await question.getByRole("button", { name: "Close room" }).click();
      await expect(opened.getByRole("listitem")).toHaveText([/vault/]);
    });

    await test.step("on a phone, too", async () => {
      const held = await enter(ada, { at: "/settings/groups", ...phone });
      await held.getByRole("link", { name: /Night shift/ }).tap();
      await expect(held.getByRole("heading", { level: 2, name: "Night shift" })).toBeVisible();
      await expectAccessible(held, ["phone"]);
      await held.getByRole("button", { name: "Delete" }).tap();
      const warning = held.getByRole("alertdialog");
      await expect(warning.getByRole("listitem")).toContainText("Nobody loses access");
      await warning.getByRole("button", { name: "Delete group" }).tap();
      await expect(held.getByRole("heading", { name: "No groups yet" })).toBeVisible();
    });
    const { rooms } = data(await (await programOf(bo)).rest("home.show", {}));
    expect(rooms.map(({ room }) => room).find(({ name }) => name === "vault")).toMatchObject({ access: "private" });
  });
});
