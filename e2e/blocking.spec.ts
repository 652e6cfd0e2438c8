import type { Locator, Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { chooseOnCard, composer, log, message, roomLink, roomList, roomPath, roomTitle, say, settled } from "./screen";
import { addRoom, makeTeam, programOf, sayAs, type Team } from "./team";

const card = (page: Page): Locator => page.getByRole("dialog", { name: "Bo Larsen", exact: true });
const collapsed = (page: Page): Locator => message(page, "Blocked.");
const conversation = (page: Page): Locator => roomList(page).getByRole("link").filter({ hasText: "Bo Larsen" });

async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole("alertdialog", { name: "Block Bo Larsen?" });
  await expect(dialog).toContainText("They aren't told");
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** Bo blocks nobody, and is blocked by Ada. */
async function blockByProgram({ ada, bo }: Team): Promise<void> {
  data(await (await programOf(ada)).rest("block.add", { personId: bo.id }));
}

test("a block from the card collapses messages in every tab, one press shows one, and the card ends it", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, room } = team;
  const other = await addRoom(team, { name: "observatory" }, ada);
  await sayAs(team.bo, team, ["First", "Second"]);
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(ada, { at: roomPath(other) })]);
  await message(a, "First").getByRole("button", { name: "Bo Larsen" }).click();
  await chooseOnCard(a, "Bo Larsen", "Block Bo Larsen");
  await confirm(a);
  await expect(collapsed(a)).toHaveCount(2);
  await expect(log(a)).not.toContainText("First");
  await expectAccessible(a);

  await collapsed(a).first().getByRole("button", { name: "Show" }).click();
  await expect(message(a, "First")).toBeFocused();
  await expect(collapsed(a)).toHaveCount(1);

  await sayAs(team.bo, team, ["Third"]);
  await expect(collapsed(a)).toHaveCount(2);
  // What Ada writes arrives in the other tab after it.
  await say(a, "Mine");
  await expect(message(a, "Mine")).toBeVisible();
  await roomLink(b, "lighthouse").click();
  await expect(message(b, "Mine")).toBeVisible();
  await expect(collapsed(b)).toHaveCount(3);
  await expect(b).toHaveTitle(/^#lighthouse/);

  await message(a, "First").getByRole("button", { name: "Bo Larsen" }).click();
  await expect(card(a)).toContainText("Blocked on");
  await expect(card(a).getByRole("button", { name: "Message" })).toHaveCount(0);
  await card(a).getByRole("button", { name: "Unblock Bo Larsen" }).press("Enter");
  await expect(card(a).getByRole("button", { name: "Message" })).toBeFocused();
  for (const page of [a, b]) {
    await expect(message(page, "Third")).toBeVisible();
    await expect(collapsed(page)).toHaveCount(0);
  }

  // Another block collapses all, also what was shown during the first.
  await blockByProgram(team);
  for (const page of [a, b]) await expect(collapsed(page)).toHaveCount(3);
});

test("a conversation with somebody blocked is only in the settings, and they write there as before", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const program = await programOf(bo);
  const direct = data(await program.rest("direct.open", { personIds: [ada.id] }));
  data(await program.rest("message.send", { roomId: direct.room.id, body: "Only for you" }));
  const [a, b] = await Promise.all([
    enter(ada, { at: `${roomPath(room)}?panel=members` }),
    enter(bo, { at: roomPath({ id: direct.room.id }) }),
  ]);
  await expect(conversation(a)).toContainText("1 unread");
  await expect(a).toHaveTitle(/^\(1\) /);
  await a.getByRole("button", { name: "Actions for Bo Larsen" }).click();
  await a.getByRole("menuitem", { name: "Block", exact: true }).click();
  await confirm(a);
  await expect(conversation(a)).toHaveCount(0);
  await expect(a).toHaveTitle(/^#lighthouse/);

  await say(b, "Are you there?");
  await expect(message(b, "Are you there?")).not.toContainText(/waiting|Not sent/);
  await roomList(a).getByRole("button", { name: "New message" }).click();
  const option = a.getByRole("main").getByRole("option").filter({ hasText: "Bo Larsen" });
  await expect(option).toContainText("Blocked");
  await expect(option).toHaveAttribute("aria-disabled", "true");

  const settings = await enter(ada, { at: "/settings/account" });
  const people = settings.getByRole("list", { name: "Blocked people" });
  await expect(people.getByRole("listitem").first()).toContainText("Bo Larsen");
  await expectAccessible(settings);
  await people.getByRole("link", { name: "Your conversation with Bo Larsen" }).click();
  await settled(settings);
  await expect(roomTitle(settings, "Bo Larsen")).toBeVisible();
  await expect(collapsed(settings)).toHaveCount(2);
  await settings.goBack();
  await settled(settings);
  await people.getByRole("button", { name: "Unblock Bo Larsen" }).click();
  await expect(settings.getByRole("main")).toContainText("You haven't blocked anyone.");
  await expect(conversation(a)).toBeVisible();
});

test("a collapsed message is reached and shown by keyboard, and is neither copied nor new", async ({ enter }) => {
  const team = await makeTeam();
  await blockByProgram(team);
  await sayAs(team.bo, team, ["Hidden words", "And more"]);
  const permissions = ["clipboard-read", "clipboard-write"];
  const a = await enter(team.ada, { at: roomPath(team.room), permissions });
  await expect(collapsed(a)).toHaveCount(2);
  await expect(log(a).getByText("New", { exact: true })).toHaveCount(0);
  await expect(composer(a)).toBeFocused();
  await a.evaluate(() => navigator.clipboard.writeText("nothing was copied"));
  const show = collapsed(a).last().getByRole("button", { name: "Show" });
  await show.press("Escape");
  await expect(composer(a)).toBeFocused();
  await show.press("ArrowUp");
  await expect(collapsed(a).first()).toBeFocused();
  // On a row that was reached by keys, this copies a message that is shown.
  await a.keyboard.press("c");
  await expect(log(a)).not.toContainText("Hidden words");
  await a.keyboard.press("Enter");
  await expect(message(a, "Hidden words")).toBeFocused();
  await expect(collapsed(a)).toHaveCount(1);
  expect(await a.evaluate(() => navigator.clipboard.readText())).toBe("nothing was copied");
});

test("on a phone: a message is shown by a tap, and people are unblocked in the settings", async ({ enter }) => {
  const team = await makeTeam();
  await blockByProgram(team);
  await sayAs(team.bo, team, ["From afar"]);
  const page = await enter(team.ada, { at: roomPath(team.room), ...phone });
  const show = collapsed(page).getByRole("button", { name: "Show" });
  expect((await show.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await expectAccessible(page);
  await show.tap();
  await expect(message(page, "From afar")).toBeVisible();

  const settings = await enter(team.ada, { at: "/settings/account", ...phone });
  const people = settings.getByRole("list", { name: "Blocked people" });
  await people.getByRole("button", { name: "Unblock Bo Larsen" }).tap();
  await expect(settings.getByRole("main")).toContainText("You haven't blocked anyone.");
  await page.reload();
  await settled(page);
  await expect(message(page, "From afar")).toBeVisible();
});
