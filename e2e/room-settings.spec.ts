import type { Locator, Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, message, roomLink, roomPath, roomTitle, say } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

const detailsOf = (page: Page): Locator => page.getByRole("complementary");
const atDetails = (room: { id: string }) => `${roomPath(room)}?panel=details`;
const atMembers = (room: { id: string }) => `${roomPath(room)}?panel=members`;

/** Edits one text in the details, and saves it. */
async function edit(page: Page, field: "Name" | "Topic" | "Description", text: string): Promise<void> {
  const details = detailsOf(page);
  await details.getByRole("button", { name: `Edit ${field.toLowerCase()}` }).click();
  await details.getByRole("textbox", { name: field }).fill(text);
  await details.getByRole("button", { name: "Save" }).click();
  await expect(details.getByRole("textbox", { name: field })).toHaveCount(0);
}

async function chooseForMember(page: Page, name: string, item: string): Promise<void> {
  const row = detailsOf(page).getByRole("listitem").filter({ hasText: name });
  await row.hover();
  await row.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("what an admin changes of a room changes at once for everyone in it", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: atDetails(room) }), enter(bo, { at: atDetails(room) })]);

  await test.step("its name, everywhere", async () => {
    await edit(a, "Name", "observatory");
    for (const page of [a, b]) {
      await expect(roomTitle(page, "observatory")).toBeVisible();
      await expect(roomLink(page, "observatory")).toBeVisible();
      await expect(roomLink(page, "lighthouse")).toHaveCount(0);
      await expect(message(page, "Ada Lovelace renamed the room from lighthouse to observatory")).toBeVisible();
      await expect(page).toHaveTitle(/#observatory/);
    }
    await expect(detailsOf(a).getByRole("button", { name: "Edit name" })).toBeFocused();
  });

  await test.step("its topic, by a member too", async () => {
    await edit(b, "Topic", "Saturn tonight");
    for (const page of [a, b]) {
      await expect(page.getByRole("main").getByText("Saturn tonight")).not.toHaveCount(0);
      await expect(detailsOf(page)).toContainText("Saturn tonight");
      await expect(message(page, "Bo Larsen set the topic to Saturn tonight")).toBeVisible();
    }
    await edit(a, "Topic", "");
    await expect(message(b, "Ada Lovelace removed the topic")).toBeVisible();
    await expect(detailsOf(b)).not.toContainText("Saturn tonight");
  });

  await test.step("its description, with its lines", async () => {
    await edit(a, "Description", "Where the stars are.\nBring a coat.");
    await expect(detailsOf(b).getByText("Where the stars are.\nBring a coat.")).toBeVisible();
  });

  await test.step("who can post", async () => {
    await expect(composer(b)).toBeVisible();
    await detailsOf(a).getByRole("combobox", { name: "Who can post" }).selectOption("Moderators and admins");
    await expect(b.getByText("Only moderators and admins can post in this room.")).toBeVisible();
    await expect(composer(b)).toHaveCount(0);
    await expect(detailsOf(b).getByRole("button", { name: "Edit topic" })).toHaveCount(0);
    await expect(message(b, "Ada Lovelace let only moderators and admins post")).toBeVisible();
    await detailsOf(a).getByRole("combobox", { name: "Who can post" }).selectOption("Everyone");
    await expect(composer(b)).toBeVisible();
    await say(b, "Thank you");
    await expect(message(a, "Thank you")).toBeVisible();
    // A second choice, while the first one is being saved.
    const choice = detailsOf(a).getByRole("combobox", { name: "Who can post" });
    await choice.selectOption("Moderators and admins");
    await choice.selectOption("Everyone");
    await expect(choice).toHaveAttribute("aria-busy", "false");
    await expect(choice).toHaveValue("everyone");
    await expect(message(b, "Ada Lovelace let everyone post")).toHaveCount(2);
    await expect(composer(b)).toBeVisible();
  });
});

/** The one menu of the members panel is Ada's, and only offers to write to her and to block her. */
async function expectOnlyMessaging(page: Page) {
  await expect(detailsOf(page).getByRole("button", { name: /^Actions for/ })).toHaveCount(1);
  await detailsOf(page).getByRole("button", { name: "Actions for Ada Lovelace" }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Message", "Block"]);
}

test("a member sees only what they may change", async ({ enter }) => {
  const { bo, room } = await makeTeam();
  const b = await enter(bo, { at: atDetails(room) });
  const details = detailsOf(b);
  await expect(details.getByRole("button", { name: "Edit topic" })).toBeVisible();
  for (const name of ["Edit name", "Edit description", "Archive room"])
    await expect(details.getByRole("button", { name })).toHaveCount(0);
  await expect(details.getByRole("combobox")).toHaveCount(0);
  await b.getByRole("radio", { name: "Members" }).click();
  await expect(details.getByRole("listitem")).toHaveCount(2);
  await expectOnlyMessaging(b);
});

test("archiving can be undone at once, and an archived room is only read until it is unarchived", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: atDetails(room) }), enter(bo, { at: roomPath(room) })]);
  const archive = detailsOf(a).getByRole("button", { name: "Archive room", exact: true });

  await archive.click();
  await expect(b.getByText("This room is archived. No one can post in it.")).toBeVisible();
  await expect(message(b, "Ada Lovelace archived the room")).toBeVisible();
  await expect(b.getByRole("button", { name: "Unarchive" })).toHaveCount(0);
  await expect(detailsOf(a).getByRole("button", { name: /^Edit/ })).toHaveCount(0);
  await expect(a.getByText("Archived #lighthouse")).toBeVisible();
  await a.getByRole("button", { name: "Undo" }).click();
  await expect(composer(b)).toBeVisible();
  await expect(message(b, "Ada Lovelace unarchived the room")).toBeVisible();

  await archive.click();
  await expect(composer(a)).toHaveCount(0);
  await a.getByRole("main").getByRole("button", { name: "Unarchive", exact: true }).click();
  await expect(composer(a)).toBeFocused();
  await say(b, "Open again");
  await expect(message(a, "Open again")).toBeVisible();
});

test("roles in a room change at once, and the last admin is asked before they step down", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  data(await (await programOf(ada)).rest("room.update", { roomId: room.id, postingPolicy: "moderators" }));
  const [a, b] = await Promise.all([enter(ada, { at: atMembers(room) }), enter(bo, { at: atMembers(room) })]);
  const rowOfBo = (page: Page) => detailsOf(page).getByRole("listitem").filter({ hasText: "Bo Larsen" });
  await expect(composer(b)).toHaveCount(0);

  await chooseForMember(a, "Bo Larsen", "Make moderator");
  for (const page of [a, b]) await expect(rowOfBo(page)).toContainText("Moderator");
  await expect(message(b, "Ada Lovelace made Bo Larsen a moderator")).toBeVisible();
  await say(b, "I may post now");
  await expect(message(a, "I may post now")).toBeVisible();

  await chooseForMember(a, "Bo Larsen", "Make admin");
  const question = a.getByRole("alertdialog", { name: "Make Bo Larsen an admin of #lighthouse?" });
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await question.getByRole("button", { name: "Make admin" }).click();
  await expect(question).toBeHidden();
  for (const page of [a, b]) await expect(rowOfBo(page)).toContainText("Room admin");

  await chooseForMember(b, "Bo Larsen", "Step down to member");
  const stepDown = b.getByRole("alertdialog", { name: "Step down as admin of #lighthouse?" });
  await expect(stepDown).toContainText("ask an owner or admin of the organization");
  await stepDown.getByRole("button", { name: "Step down" }).click();
  await expect(rowOfBo(a)).not.toContainText("Room admin");
  await expect(message(a, "Bo Larsen became a plain member")).toBeVisible();
  await expect(composer(b)).toHaveCount(0);
  await expectOnlyMessaging(b);
});

test.describe("a refusal", () => {
  // The browser logs every error response.
  test.use({ expectedNoise: /the server responded with a status of 4\d\d/ });

  test("stands at the field and keeps what was typed, also after leaving the room and a reload", async ({ enter }) => {
    const team = await makeTeam();
    const other = await addRoom(team, { name: "cellar" }, team.ada);
    const a = await enter(team.ada, { at: atDetails(team.room) });
    const details = detailsOf(a);
    await details.getByRole("button", { name: "Edit name" }).click();
    const name = details.getByRole("textbox", { name: "Name" });
    await expect(name).toBeFocused();
    await name.fill("CELLAR");
    await name.press("Enter");
    await expect(name).toHaveAccessibleDescription("This name is taken. Choose another one.");
    await expect(name).toHaveValue("CELLAR");
    await roomLink(a, "cellar").click();
    await expect(roomTitle(a, "cellar")).toBeVisible();
    await a.goto(atDetails(team.room));
    await expect(name).toHaveValue("CELLAR");
    await name.fill("cellar two");
    await details.getByRole("button", { name: "Save" }).click();
    await expect(roomTitle(a, "cellar two")).toBeVisible();
    await a.goto(atDetails(other));
    await expect(details.getByRole("heading", { name: "cellar" })).toBeVisible();
  });

  test("for a role that was lost meanwhile says who can do it, and keeps what was typed", async ({ enter }) => {
    const team = await makeTeam();
    const room = await addRoom(team, { name: "cellar" }, team.bo, team.ada);
    const b = await enter(team.bo, { at: atDetails(room) });
    const details = detailsOf(b);
    await details.getByRole("button", { name: "Edit description" }).click();
    const description = details.getByRole("textbox", { name: "Description" });
    await description.fill("Wine, mostly.");
    const program = await programOf(team.ada);
    data(await program.rest("membership.setRole", { roomId: room.id, personId: team.bo.id, role: "member" }));
    await expect(message(b, "Ada Lovelace made Bo Larsen a plain member")).toBeVisible();
    await details.getByRole("button", { name: "Save" }).click();
    await expect(description).toHaveAccessibleDescription(/^Only this room's admins, .* Ask one of them\.$/);
    await expect(description).toHaveValue("Wine, mostly.");
    data(await program.rest("membership.setRole", { roomId: room.id, personId: team.bo.id, role: "admin" }));
    await expect(message(b, "Ada Lovelace made Bo Larsen an admin")).toBeVisible();
    await details.getByRole("button", { name: "Save" }).click();
    await expect(details.getByText("Wine, mostly.")).toBeVisible();
  });
});

test("when a text changes while it is edited, the editor says so", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam({ topic: "Saturn" });
  const a = await enter(ada, { at: atDetails(room) });
  const details = detailsOf(a);
  await details.getByRole("button", { name: "Edit topic" }).click();
  const topic = details.getByRole("textbox", { name: "Topic" });
  await topic.fill("Jupiter");
  data(await (await programOf(bo)).rest("room.update", { roomId: room.id, topic: "Mars" }));
  await expect(topic).toHaveAccessibleDescription("Someone else has changed it to Mars. Saving replaces that.");
  await expect(topic).toHaveValue("Jupiter");
  await topic.press("Enter");
  await expect(message(a, "Ada Lovelace set the topic to Jupiter")).toBeVisible();
});

test("everything can be done by keyboard alone", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const a = await enter(ada, { at: atDetails(room) });
  const details = detailsOf(a);
  const pressAt = async (control: Locator, key: string) => {
    await control.focus();
    await a.keyboard.press(key);
  };
  await pressAt(details.getByRole("button", { name: "Edit topic" }), "Enter");
  await expect(details.getByRole("textbox", { name: "Topic" })).toBeFocused();
  await a.keyboard.type("Dropped");
  await a.keyboard.press("Escape");
  await expect(details.getByRole("button", { name: "Edit topic" })).toBeFocused();
  await expect(details).not.toContainText("Dropped");
  await a.keyboard.press("Enter");
  await a.keyboard.type("Saturn");
  await a.keyboard.press("Enter");
  await expect(message(a, "set the topic to Saturn")).toBeVisible();
  await expect(details.getByRole("button", { name: "Edit topic" })).toBeFocused();

  await pressAt(details.getByRole("button", { name: "Edit description" }), "Enter");
  await a.keyboard.type("One line");
  await a.keyboard.press("Enter");
  await a.keyboard.type("and another");
  await a.keyboard.press("Control+Enter");
  await expect(details.getByText("One line\nand another")).toBeVisible();
  await expect(details.getByRole("button", { name: "Edit description" })).toBeFocused();

  const archive = details.getByRole("button", { name: "Archive room", exact: true });
  const unarchive = details.getByRole("button", { name: "Unarchive room" });
  await pressAt(archive, "Space");
  await expect(unarchive).toBeFocused();
  await expect(unarchive).toBeEnabled();
  await a.keyboard.press("Space");
  await expect(composer(a)).toBeVisible();
  await expect(archive).toBeFocused();

  await expect(archive).toBeEnabled();
  await a.keyboard.press("Space");
  await pressAt(a.getByRole("main").getByRole("button", { name: "Unarchive", exact: true }), "Space");
  await expect(composer(a)).toBeFocused();

  await a.goto(atMembers(room));
  const actions = details.getByRole("button", { name: "Actions for Bo Larsen" });
  await pressAt(actions, "Enter");
  await expect(a.getByRole("menuitem", { name: "Message" })).toBeFocused();
  await a.keyboard.press("ArrowDown");
  await expect(a.getByRole("menuitem", { name: "Make moderator" })).toBeFocused();
  await a.keyboard.press("Enter");
  await expect(message(a, "made Bo Larsen a moderator")).toBeVisible();
  await expect(actions).toBeFocused();
});

test("on a phone everything fits and can be pressed by a thumb", async ({ enter }) => {
  const { ada, room } = await makeTeam({ topic: "What the lamp did today" });
  const a = await enter(ada, { at: atDetails(room), ...phone });
  await edit(a, "Name", "observatory 🔭");
  const details = detailsOf(a);
  await expect(details.getByRole("heading", { name: "observatory 🔭" })).toBeVisible();
  for (const button of await details.getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.height ?? 0, box?.width ?? 0), (await button.textContent()) ?? "").toBeGreaterThanOrEqual(24);
  }
  await details.getByRole("combobox", { name: "Who can post" }).selectOption("Moderators and admins");
  await details.getByRole("button", { name: "Archive room", exact: true }).click();
  await expect(details.getByRole("button", { name: "Unarchive room" })).toBeVisible();
  await details.getByRole("button", { name: "Unarchive room" }).click();
  await a.getByRole("radio", { name: "Members" }).click();
  await details.getByRole("button", { name: "Actions for Bo Larsen" }).click();
  await a.getByRole("menuitem", { name: "Make moderator" }).click();
  await expect(details.getByRole("listitem").filter({ hasText: "Bo Larsen" })).toContainText("Moderator");
  const wide = await a.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "nothing stands out at the side").toBe(false);
});

test("texts of every kind are shown as typed", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const a = await enter(ada, { at: atDetails(room) });
  for (const [kind, text] of [
    ["a script", "<script>alert(1)</script>"],
    ["Arabic", "غرفة المراقبة الليلية"],
    ["emoji", "👩🏽‍🚀 rocket 🚀"],
    ["a long word", "x".repeat(80)],
  ] as const) {
    await test.step(kind, async () => {
      await edit(a, "Name", text);
      await edit(a, "Topic", text);
      await edit(a, "Description", text);
      await expect(roomTitle(a, text)).toBeVisible();
      await expect(detailsOf(a).getByText(text, { exact: true })).toHaveCount(3);
      await expect(message(a, `to ${text}`)).toHaveCount(2);
      await expectAccessible(a);
      const wide = await a.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, "nothing stands out at the side").toBe(false);
    });
  }
});
