import type { Locator, Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { makeGroup } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { chooseOnCard, composer, log, message, roomLink, roomList, roomPath, roomTitle, say } from "./screen";
import { makeTeam, programOf } from "./team";

const card = (page: Page, name: string): Locator => page.getByRole("dialog", { name, exact: true });
const footer = (page: Page): Locator =>
  page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: /Ada Lovelace/ });

/** Ada's team, in which Bo has said something and has a profile. */
async function teamWithProfile() {
  const team = await makeTeam();
  const b = await programOf(team.bo);
  data(
    await b.rest("person.update", {
      title: "Site reliability, مهندسة 编辑 🛟",
      pronouns: "they/them",
      timeZone: "Asia/Kathmandu",
    }),
  );
  data(await b.rest("person.setStatus", { emoji: "🌧️", text: "Working from home <script>", until: null }));
  data(await b.rest("message.send", { roomId: team.room.id, body: "Who am I?" }));
  await makeGroup(team.organization, [team.bo]);
  return team;
}

test("a press on a name or a picture in the log opens the card, which leads to a conversation", async ({ enter }) => {
  const { ada, bo, room } = await teamWithProfile();
  const group = await db().group.findFirstOrThrow({ where: { members: { some: { personId: bo.id } } } });
  const a = await enter(ada, { at: roomPath(room) });
  const row = message(a, "Who am I?");
  await row.getByRole("button", { name: "Bo Larsen" }).click();
  const bos = card(a, "Bo Larsen");
  for (const words of [
    "Site reliability, مهندسة 编辑 🛟, they/them",
    "Working from home <script>",
    "in Kathmandu",
    "ahead of you",
    "lighthouse in common",
    group.name,
    "Offline",
  ])
    await expect(bos).toContainText(words);
  await expectAccessible(a);
  await a.keyboard.press("Escape");
  await expect(bos).toHaveCount(0);

  await row.locator("[data-person]").first().click();
  await bos.getByRole("button", { name: "Message" }).click();
  await expect(roomTitle(a, "Bo Larsen")).toBeVisible();
  await expect(bos).toHaveCount(0);
  await expect(a.getByRole("main")).toContainText("Working from home <script>");

  // The header of the conversation has a name and a picture, too.
  await a.getByRole("heading", { level: 1 }).getByRole("button", { name: "Bo Larsen" }).click();
  await expect(bos).toContainText("lighthouse in common");
});

test("the card opens by keyboard and by resting the mouse, and nobody's typing is disturbed", async ({ enter }) => {
  const { ada, room } = await teamWithProfile();
  const a = await enter(ada, { at: roomPath(room) });
  const name = message(a, "Who am I?").getByRole("button", { name: "Bo Larsen" });
  await expect(composer(a)).toBeFocused();
  await composer(a).pressSequentially("Half a ");
  await name.hover();
  await expect(card(a, "Bo Larsen")).toBeVisible();
  await a.keyboard.type("sentence");
  await expect(composer(a)).toHaveValue("Half a sentence");
  await composer(a).hover();
  await expect(card(a, "Bo Larsen")).toHaveCount(0);

  await composer(a).fill("");
  await message(a, "Who am I?").focus();
  await a.keyboard.press("Tab");
  await expect(name).toBeFocused();
  await a.keyboard.press("Enter");
  await expect(card(a, "Bo Larsen").getByRole("button", { name: "Message" })).toBeFocused();
  await a.keyboard.press("Escape");
  await expect(name).toBeFocused();
});

test("a card that hovering opened stays while one uses it, and mentions whom it shows", async ({ enter }) => {
  const { ada, bo, room } = await teamWithProfile();
  const { handle } = await db().person.findUniqueOrThrow({ where: { id: bo.id } });
  const a = await enter(ada, { at: roomPath(room) });
  const name = message(a, "Who am I?").getByRole("button", { name: "Bo Larsen" });
  await name.hover();
  await card(a, "Bo Larsen").getByRole("button", { name: "More" }).click();
  // The menu is not in the card.
  const copy = a.getByRole("menuitem", { name: `Copy @${handle}` });
  await copy.hover();
  await composer(a).hover();
  await copy.hover();
  await expect(copy).toBeVisible();
  await a.keyboard.press("Escape");
  await expect(copy).toHaveCount(0);
  await expect(card(a, "Bo Larsen")).toBeVisible();

  await composer(a).fill("Ask");
  await expect(card(a, "Bo Larsen")).toHaveCount(0);
  await name.press("Enter");
  await card(a, "Bo Larsen").getByRole("button", { name: "Mention" }).press("Enter");
  await expect(card(a, "Bo Larsen")).toHaveCount(0);
  await expect(composer(a)).toHaveValue(`Ask @${handle} `);
  await expect(composer(a)).toBeFocused();
});

test("on a phone a card is a sheet, which Back closes before it leaves the room", async ({ enter }) => {
  const { ada, bo, room } = await teamWithProfile();
  const { handle } = await db().person.findUniqueOrThrow({ where: { id: bo.id } });
  const a = await enter(ada, phone);
  await roomLink(a, room.name ?? "").tap();
  const name = message(a, "Who am I?").getByRole("button", { name: "Bo Larsen" });
  const sheet = card(a, "Bo Larsen");
  await name.tap();
  await expect(sheet).toContainText("🌧️ Working from home <script>");
  await expect(sheet).toContainText("lighthouse");
  const edges = async () => {
    const { x, y, width, height } = (await sheet.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    return [x, width, y + height];
  };
  await expect.poll(edges).toEqual([0, 390, 844]);
  for (const button of await sheet.getByRole("button").all())
    expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
  await expectAccessible(a, ["phone"]);
  await a.goBack();
  await expect(sheet).toHaveCount(0);
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await expect(name).toBeFocused();

  await test.step("a mention is written, and the sheet leaves nothing in the history", async () => {
    await name.tap();
    await sheet.getByRole("button", { name: "Mention" }).tap();
    await expect(sheet).toHaveCount(0);
    await expect(composer(a)).toHaveValue(`@${handle} `);
    await expect(composer(a)).toBeFocused();
    await name.tap();
    await sheet.getByRole("button", { name: "View profile" }).tap();
    await expect(a.getByRole("complementary", { name: "Profile of Bo Larsen" })).toBeVisible();
    await a.goBack();
    await expect(a.getByRole("complementary")).toHaveCount(0);
    await name.tap();
    await expect(sheet).toBeVisible();
    await a.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
    await expect(roomTitle(a, "lighthouse")).toBeVisible();
    await a.goBack();
    await expect(roomList(a)).toBeVisible();
  });

  await test.step("what is typed in a dialog that Back closes is there when it opens again", async () => {
    const dialog = a.getByRole("dialog", { name: "Set a status" });
    const open = async () => {
      await footer(a).tap();
      await a.getByRole("button", { name: "Set a status" }).tap();
    };
    await open();
    await dialog.getByRole("textbox", { name: "What are you doing?" }).fill("Half a thought");
    await dialog.getByRole("button", { name: "☕" }).tap();
    await a.goBack();
    await expect(dialog).toHaveCount(0);
    await expect(roomList(a)).toBeVisible();
    await expect(footer(a)).toBeFocused();
    await open();
    await expect(dialog.getByRole("textbox", { name: "What are you doing?" })).toHaveValue("Half a thought");
    await expect(dialog).toContainText("Not saved yet.");
    await dialog.getByRole("button", { name: "Save status" }).tap();
    await expect(footer(a)).toContainText("☕ Half a thought");
  });
});

test("somebody deactivated has a card that says since when, and leads to their profile", async ({ enter }) => {
  const { ada, bo, room } = await teamWithProfile();
  await db().person.update({ where: { id: bo.id }, data: { deactivatedAt: new Date("2026-03-03T12:00:00Z") } });
  const a = await enter(ada, { at: roomPath(room) });
  await message(a, "Who am I?").getByRole("button", { name: "Bo Larsen" }).click();
  await expect(card(a, "Bo Larsen")).toContainText("Deactivated on 3 March");
  await expect(card(a, "Bo Larsen").getByRole("button")).toHaveText(["View profile", ""]);
  await expectAccessible(a);
  await card(a, "Bo Larsen").getByRole("button", { name: "View profile" }).click();
  await expect(a.getByRole("complementary", { name: "Profile of Bo Larsen" })).toContainText("Deactivated on 3 March");
});

test("a status is set by keyboard, is on every screen at once, and ends by itself", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room), ...phone })]);
  await say(a, "Look at my status.");
  await footer(a).press("Enter");
  await a.getByRole("button", { name: "Set a status" }).press("Enter");
  const dialog = a.getByRole("dialog", { name: "Set a status" });
  await expect(dialog.getByRole("textbox", { name: "What are you doing?" })).toBeFocused();
  await expectAccessible(a);
  await dialog.getByRole("button", { name: /Focus/ }).press("Enter");
  await a.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(footer(a)).not.toContainText("Focus");

  await footer(a).press("Enter");
  await a.getByRole("button", { name: "Set a status" }).press("Enter");
  await dialog.getByRole("textbox", { name: "Emoji" }).fill("not an emoji");
  const doing = dialog.getByRole("textbox", { name: "What are you doing?" });
  await doing.fill("x".repeat(81));
  await expect(dialog).toContainText("81 / 80");
  await a.keyboard.press("Enter");
  await expect(doing).toHaveAccessibleDescription("At most 80 characters.");
  await doing.fill("Focus until I'm done");
  await a.keyboard.press("Enter");
  await expect(dialog).toContainText("Choose one emoji.");
  await expect(dialog.getByRole("textbox", { name: "What are you doing?" })).toHaveValue("Focus until I'm done");
  await dialog.getByRole("textbox", { name: "Emoji" }).fill("🎧");
  await a.keyboard.press("Enter");
  await expect(footer(a)).toContainText("🎧 Focus until I'm done");
  await expect(message(b, "Look at my status.").getByRole("img", { name: "Focus until I'm done" })).toBeVisible();

  await message(b, "Look at my status.").getByRole("button", { name: "Ada Lovelace" }).tap();
  await expect(card(b, "Ada Lovelace")).toContainText("Focus until I'm done");
  // It ends on both screens without anything being sent.
  const program = await programOf(ada);
  const soon = new Date(Date.now() + 6_000).toISOString();
  data(await program.rest("person.setStatus", { emoji: "⏳", text: "Nearly over", until: soon }));
  await expect(card(b, "Ada Lovelace")).toContainText("Nearly over");
  await expect(card(b, "Ada Lovelace")).not.toContainText("Nearly over", { timeout: 20_000 });
  await expect(footer(a)).not.toContainText("Nearly over");
  // Without a timer for the status, only the ten-second tick of the page would end it.
  expect(Date.now() - Date.parse(soon)).toBeLessThan(8_000);
});

test.describe("what is refused", () => {
  // The name is empty at first.
  test.use({ expectedNoise: /status of 400/ });

  test("a profile is changed in the settings, and shown at once to who looks at it", async ({ enter }) => {
    const { ada, bo, room } = await makeTeam();
    const [a, b] = await Promise.all([enter(ada, { at: "/settings/account" }), enter(bo, { at: roomPath(room) })]);
    data(await (await programOf(ada)).rest("message.send", { roomId: room.id, body: "It's me." }));
    await message(b, "It's me.").getByRole("button", { name: "Ada Lovelace" }).click();
    await a.getByRole("textbox", { name: "Name" }).fill("");
    await a.getByRole("button", { name: "Save changes" }).click();
    await expect(a.getByText("This can't be empty.")).toBeVisible();
    await a.getByRole("textbox", { name: "Name" }).fill("Ada King");
    const title = a.getByRole("textbox", { name: "Title" });
    await title.fill("x".repeat(81));
    await expect(title).toHaveAccessibleDescription("At most 80 characters.");
    await title.fill("Countess");
    await a.getByRole("textbox", { name: "Pronouns" }).fill("she/her");
    await a.getByRole("button", { name: "Use Berlin" }).click();
    await a.getByRole("button", { name: "Save changes" }).click();
    await expect(a.getByText("Settings saved.")).toBeVisible();
    await expectAccessible(a);
    const adas = card(b, "Ada King");
    await expect(adas).toContainText("Countess, she/her");
    await expect(adas).toContainText("in Berlin same as you");
    await expect(message(b, "It's me.")).toContainText("Ada King");
  });
});

test.describe("a handle that is taken", () => {
  test.use({ expectedNoise: /status of (400|409)/ });

  test("is refused and stays typed; a free one reaches everybody, and the old one stays reserved", async ({
    enter,
  }) => {
    const team = await makeTeam();
    const { ada, bo, room } = team;
    data(await (await programOf(ada)).rest("person.update", { handle: "lovelace" }));
    data(await (await programOf(bo)).rest("person.update", { handle: "larsen" }));
    data(await (await programOf(bo)).rest("message.send", { roomId: room.id, body: "It's me." }));
    const [b, a] = await Promise.all([enter(bo, { at: "/settings/account" }), enter(ada, { at: roomPath(room) })]);
    const field = b.getByRole("textbox", { name: "Handle" });
    await expect(field).toHaveValue("larsen");
    for (const [typed, sentence] of [
      ["two words", "Use letters and digits."],
      ["Lovelace", "Choose another one."],
    ] as const) {
      await field.fill(typed);
      await b.getByRole("button", { name: "Save changes" }).click();
      await expect(b.getByText(sentence)).toBeVisible();
      await expect(field).toHaveValue(typed);
    }
    await message(a, "It's me.").getByRole("button", { name: "Bo Larsen" }).click();
    await expect(card(a, "Bo Larsen")).toContainText("@larsen");
    await field.fill("@Keeper");
    await b.getByRole("button", { name: "Save changes" }).click();
    await expect(b.getByText("Settings saved.")).toBeVisible();
    await expect(field).toHaveValue("keeper");
    await expectAccessible(b);
    await expect(card(a, "Bo Larsen")).toContainText("@keeper");

    await chooseOnCard(a, "Bo Larsen", "View profile");
    await a.getByRole("button", { name: "Release @larsen" }).click();
    const dialog = a.getByRole("alertdialog", { name: "Release @larsen?" });
    await expect(dialog).toContainText("may then mean someone else");
    await expectAccessible(a);
    await dialog.getByRole("button", { name: "Release" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(a.getByRole("button", { name: "Release @larsen" })).toHaveCount(0);
    data(await (await programOf(ada)).rest("person.update", { handle: "larsen" }));
  });
});

test("an admin's card of somebody leads to them in the settings, and a member's does not", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  for (const who of [ada, bo])
    data(await (await programOf(who)).rest("message.send", { roomId: room.id, body: "Hi." }));
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await log(b).getByRole("button", { name: "Ada Lovelace" }).click();
  await expect(card(b, "Ada Lovelace").getByRole("button", { name: "Message" })).toBeVisible();
  await card(b, "Ada Lovelace").getByRole("button", { name: "More" }).press("Enter");
  await expect(b.getByRole("menuitem")).toHaveText(["View profile", /^Copy @/, "Block Ada Lovelace"]);
  await expectAccessible(b, ["wide"]);
  await log(a).getByRole("button", { name: "Bo Larsen" }).click();
  await chooseOnCard(a, "Bo Larsen", "Manage Bo Larsen");
  await expect(a.getByRole("row").filter({ hasText: "Bo Larsen" })).toBeVisible();
  await expect(a.getByRole("row").filter({ hasText: "Ada Lovelace" })).toHaveCount(0);

  // The name there opens the card, too.
  await a.getByRole("row").getByRole("button", { name: "Bo Larsen", exact: true }).click();
  await card(a, "Bo Larsen").getByRole("button", { name: "Message" }).click();
  await expect(roomTitle(a, "Bo Larsen")).toBeVisible();
});
