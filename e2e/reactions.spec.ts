import type { Locator, Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, message, roomPath, say, settled } from "./screen";
import { makeTeam, programOf, sayAs, type Team } from "./team";
import { expectHitAround, hold } from "./touch";

const chip = (page: Page, text: string, name: string): Locator => message(page, text).getByRole("button", { name });
const picker = (page: Page): Locator => page.getByRole("dialog", { name: "React", exact: true });
const toolbar = (page: Page): Locator => page.getByRole("toolbar", { name: "Message actions" });
const search = (page: Page): Locator => picker(page).getByRole("combobox", { name: "Find an emoji" });

/** Finds emoji, and chooses the first of them by keyboard. */
async function choose(page: Page, words: string): Promise<void> {
  await search(page).fill(words);
  await page.keyboard.press("Enter");
}

/** The id of the newest message of the team's room. */
async function newestOf({ ada, room }: Team): Promise<string> {
  const { messages } = data(await (await programOf(ada)).rest("message.list", { roomId: room.id, limit: 1 }));
  return messages[0]?.id ?? "";
}

test("a reaction is given from the toolbar and taken back by a press, and everyone sees it at once", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(bo, team, ["Ready to ship"]);
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);

  await test.step("a quick reaction appears under the message, on both screens", async () => {
    await message(a, "Ready to ship").hover();
    await toolbar(a).getByRole("button", { name: "React with 🎉" }).click();
    await expect(chip(a, "Ready to ship", "🎉 1 reaction")).toHaveAttribute("aria-pressed", "true");
    await expect(chip(b, "Ready to ship", "🎉 1 reaction")).toHaveAttribute("aria-pressed", "false");
  });

  await test.step("a press on it joins, and says who reacted", async () => {
    await chip(b, "Ready to ship", "🎉 1 reaction").click();
    for (const page of [a, b])
      await expect(chip(page, "Ready to ship", "🎉 2 reactions")).toHaveAttribute("aria-pressed", "true");
    await b.mouse.move(0, 0);
    await chip(b, "Ready to ship", "🎉 2 reactions").hover();
    await expect(b.getByRole("tooltip")).toHaveText("You and Ada Lovelace reacted with 🎉");
    await expect(message(a, "Ready to ship")).toHaveAccessibleName(/Reactions: 🎉 2\./);
  });

  await test.step("the list says who and when", async () => {
    await message(a, "Ready to ship").hover();
    await message(a, "Ready to ship").getByRole("button", { name: "More" }).click();
    await a.getByRole("menuitem", { name: "Who reacted" }).click();
    const dialog = a.getByRole("dialog", { name: "Reactions" });
    await expect(dialog.getByRole("list", { name: "Who reacted" }).getByRole("listitem")).toHaveText([
      /Ada LovelaceYou🎉/,
      /Bo Larsen.*🎉/,
    ]);
    await expectAccessible(a);
    await a.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  });

  await test.step("a secondary click and the menu key on a reaction open it, too", async () => {
    const reaction = chip(a, "Ready to ship", "🎉 2 reactions");
    const dialog = a.getByRole("dialog", { name: "Reactions" });
    await reaction.click({ button: "right" });
    await expect(dialog.getByRole("listitem")).toHaveCount(2);
    await a.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await message(a, "Ready to ship").focus();
    await reaction.focus();
    await a.keyboard.press("Shift+F10");
    await expect(dialog.getByRole("listitem")).toHaveCount(2);
    await a.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(composer(a)).toBeFocused();
    await expect(reaction, "neither gives nor takes a reaction").toHaveAttribute("aria-pressed", "true");
  });

  await test.step("a second press takes it back, on both screens and after a reload", async () => {
    await chip(a, "Ready to ship", "🎉 2 reactions").click();
    await expect(chip(a, "Ready to ship", "🎉 1 reaction")).toHaveAttribute("aria-pressed", "false");
    await expect(chip(b, "Ready to ship", "🎉 1 reaction")).toBeVisible();
    await a.reload();
    await settled(a);
    await expect(chip(a, "Ready to ship", "🎉 1 reaction")).toHaveAttribute("aria-pressed", "false");
    await chip(b, "Ready to ship", "🎉 1 reaction").click();
    for (const page of [a, b])
      await expect(message(page, "Ready to ship").getByRole("group", { name: "Reactions" })).toHaveCount(0);
  });
});

test("the picker finds an emoji by its name, remembers it, and draws it with the chosen skin tone", async ({
  enter,
}) => {
  const team = await makeTeam();
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await say(page, "Over here");
  await message(page, "Over here").hover();
  await toolbar(page).getByRole("button", { name: "React", exact: true }).click();
  await expect(search(page)).toBeFocused();
  // On phones it is a sheet, which the test below checks.
  await expectAccessible(page, ["wide"]);
  await choose(page, "rocket");
  await expect(picker(page)).toHaveCount(0);
  await expect(chip(page, "Over here", "🚀 1 reaction")).toBeVisible();

  await message(page, "Over here").getByRole("button", { name: "Add reaction" }).click();
  await expect(picker(page).getByRole("group", { name: "Recent" }).getByRole("button").first()).toHaveText("🚀");
  const tones = page.getByRole("radiogroup", { name: "Skin tone" });
  await picker(page).getByRole("button", { name: "No skin tone. Change skin tone" }).click();
  await expect(tones.getByRole("radio")).toHaveCount(6);
  await expect(tones.getByRole("radio", { name: "No skin tone" })).toBeFocused();
  await expectAccessible(page, ["wide"]);
  // The arrow keys choose, Escape closes only these.
  await page.keyboard.press("ArrowRight");
  await expect(tones.getByRole("radio", { name: "Light skin tone", exact: true })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(tones).toHaveCount(0);
  const lightHand = picker(page).getByRole("button", { name: "Light skin tone. Change skin tone", exact: true });
  await expect(lightHand).toBeFocused();
  await lightHand.press("Enter");
  await tones.getByRole("radio", { name: "Dark skin tone", exact: true }).click();
  await expect(tones).toHaveCount(0);
  await picker(page).getByRole("button", { name: "Dark skin tone. Change skin tone", exact: true }).click();
  await expect(tones.getByRole("radio", { name: "Dark skin tone", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(tones).toHaveCount(0);
  await expect(lightHand).toBeFocused();
  await search(page).fill("waving hand");
  await picker(page).getByRole("option", { name: "waving hand", exact: true }).click();
  await expect(chip(page, "Over here", "👋🏻 1 reaction")).toBeVisible();

  // The tone stays chosen.
  await page.reload();
  await settled(page);
  await message(page, "Over here").getByRole("button", { name: "Add reaction" }).click();
  await expect(picker(page).getByRole("button", { name: "Light skin tone. Change skin tone" })).toBeVisible();
  await search(page).fill("nothing like this");
  await expect(picker(page)).toContainText("No emoji found");
});

test("by keyboard one reacts to a message that was reached with the arrows, and returns to it", async ({ enter }) => {
  const team = await makeTeam();
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await say(page, "First");
  await say(page, "Second");
  await message(page, "Second").focus();
  await page.keyboard.press("ArrowUp");
  await expect(message(page, "First")).toBeFocused();
  // Only a message that was sent has actions.
  await expect(message(page, "First").getByRole("toolbar")).toBeVisible();
  await page.keyboard.press("+");
  await expect(search(page)).toBeFocused();
  await search(page).fill("tada");
  await page.keyboard.press("Escape");
  await expect(picker(page)).toHaveCount(0);
  await expect(message(page, "First")).toBeFocused();
  await page.keyboard.press("+");
  await expect(search(page)).toBeFocused();
  await choose(page, "rocket");
  await expect(chip(page, "First", "🚀 1 reaction")).toBeVisible();
  await expect(message(page, "First")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: /^React/ }).press("Enter");
  await expect(search(page)).toBeFocused();
  await choose(page, "fire");
  await expect(chip(page, "First", "🔥 1 reaction")).toBeVisible();
  await expect(message(page, "First")).toBeFocused();
  // The reactions of the focused message are stops of the Tab key.
  await chip(page, "First", "🚀 1 reaction").focus();
  await page.keyboard.press("Space");
  await expect(chip(page, "First", "🚀 1 reaction")).toHaveCount(0);
  // In the composer, the same key is a character.
  await composer(page).focus();
  await page.keyboard.type("1+1");
  await expect(composer(page)).toHaveValue("1+1");
});

test("in an archived room nobody reacts, and a press shows who did", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(ada, team, ["Closing soon"]);
  const messageId = await newestOf(team);
  data(await (await programOf(bo)).rest("reaction.add", { messageId, emoji: "👍" }));
  const page = await enter(ada, { at: roomPath(room) });
  const add = message(page, "Closing soon").getByRole("button", { name: "Add reaction" });
  await expect(add).toBeVisible();
  data(await (await programOf(ada)).rest("room.archive", { roomId: room.id }));
  await expect(add).toHaveCount(0);
  await chip(page, "Closing soon", "👍 1 reaction").click();
  await expect(page.getByRole("dialog", { name: "Reactions" })).toContainText("Bo Larsen");
});

test("reactions of somebody one blocks are counted and not named", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(ada, team, ["Good morning"]);
  const messageId = await newestOf(team);
  data(await (await programOf(bo)).rest("reaction.add", { messageId, emoji: "👍" }));
  data(await (await programOf(ada)).rest("block.add", { personId: bo.id }));
  const page = await enter(ada, { at: roomPath(room) });
  await chip(page, "Good morning", "👍 1 reaction").hover();
  await expect(page.getByRole("tooltip")).toHaveText("1 person reacted with 👍");
  await message(page, "Good morning").getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Who reacted" }).click();
  await expect(page.getByRole("dialog", { name: "Reactions" })).toContainText("Someone you blocked");
});

test.describe("on a phone", () => {
  test.use(phone);

  test("one reacts from the sheet of a message, with a quick reaction or the picker", async ({ enter }) => {
    const team = await makeTeam();
    await sayAs(team.bo, team, ["On the train"]);
    const page = await enter(team.ada, { at: roomPath(team.room) });
    const sheet = page.getByRole("dialog", { name: "Message actions" });
    const text = message(page, "On the train").getByText("On the train");
    await hold(page, text, sheet);
    await expectAccessible(page, ["phone"]);
    await sheet.getByRole("button", { name: "React with 👀" }).tap();
    await expect(sheet).toHaveCount(0);
    await expect(chip(page, "On the train", "👀 1 reaction")).toBeVisible();

    await hold(page, text, sheet);
    await sheet.getByRole("button", { name: "React", exact: true }).tap();
    await expect(picker(page)).toBeVisible();
    await expectAccessible(page, ["phone"]);
    await picker(page).getByRole("button", { name: "No skin tone. Change skin tone" }).tap();
    await page.getByRole("radio", { name: "Medium skin tone", exact: true }).tap();
    await expect(
      picker(page).getByRole("button", { name: "Medium skin tone. Change skin tone", exact: true }),
    ).toBeVisible();
    await search(page).fill("rocket");
    await picker(page).getByRole("option", { name: "rocket", exact: true }).tap();
    await expect(chip(page, "On the train", "🚀 1 reaction")).toBeVisible();

    await hold(page, text, sheet);
    await sheet.getByRole("button", { name: "Who reacted" }).tap();
    await expect(page.getByRole("dialog", { name: "Reactions" })).toContainText("Ada LovelaceYou");
    await page.getByRole("dialog", { name: "Reactions" }).getByRole("button", { name: "Close" }).tap();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await hold(
      page,
      chip(page, "On the train", "👀 1 reaction"),
      page.getByRole("dialog", { name: "Reactions" }).getByRole("listitem").first(),
    );
    await expect(sheet).toHaveCount(0);
    await page.getByRole("dialog", { name: "Reactions" }).getByRole("button", { name: "Close" }).tap();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expectHitAround(chip(page, "On the train", "👀 1 reaction"));
    await expectHitAround(message(page, "On the train").getByRole("button", { name: "Add reaction" }));
    await chip(page, "On the train", "👀 1 reaction").tap();
    await expect(chip(page, "On the train", "👀 1 reaction")).toHaveCount(0);
  });
});
