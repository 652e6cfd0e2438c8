import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { makeLongRoom, place, row, scrollBy } from "./long-room";
import { composer, log, message, roomPath, say, settled } from "./screen";
import { makeTeam, programOf, sayAs } from "./team";

/** How far a message's text is from the start of the log, in px. */
const indent = async (page: Parameters<typeof log>[0], text: string) => {
  const outer = await message(page, text).boundingBox();
  const inner = await message(page, text).getByText(text, { exact: true }).boundingBox();
  return (inner?.x ?? 0) - (outer?.x ?? 0);
};

test("one's choice of rows or bubbles reaches all one's devices at once, and nobody else's", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(ada, team, ["What I wrote."]);
  await sayAs(bo, team, ["What you wrote."]);
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  const settings = await enter(ada, { at: "/settings/account" });
  const mine = message(a, "What I wrote.");
  const rowName = /Ada Lovelace.*What I wrote\./;
  await expect(mine).toHaveAccessibleName(rowName);
  expect(await indent(a, "What I wrote.")).toBeLessThan(100);

  await settings.getByRole("radio", { name: /^Bubbles/ }).check();
  await expect.poll(() => indent(a, "What I wrote.")).toBeGreaterThan(300);
  expect(await indent(a, "What you wrote.")).toBeLessThan(100);
  await expect(mine, "a row is announced as before").toHaveAccessibleName(rowName);
  await expect(message(a, "What you wrote.").getByRole("button", { name: "Bo Larsen" })).toBeVisible();
  // What Ada says now arrives after a layout that reached Bo by mistake.
  await sayAs(ada, team, ["Later."]);
  await expect(message(b, "Later.")).toBeVisible();
  expect(await indent(b, "What you wrote.")).toBeLessThan(100);
  await expectAccessible(a);
  await expectAccessible(settings);
  await settings.reload();
  await settled(settings);
  await expect(settings.getByRole("radio", { name: /^Bubbles/ })).toBeChecked();

  // A direct message shows bubbles without the choice, and rows with the other one.
  const entry = data(await (await programOf(ada)).rest("direct.open", { personIds: [bo.id] }));
  await a.goto(roomPath({ ...room, id: entry.room.id }));
  await settled(a);
  await say(a, "Only for you.");
  await expect.poll(() => indent(a, "Only for you.")).toBeGreaterThan(300);
  await settings.getByRole("radio", { name: /^Rows ?Everywhere/ }).check();
  await expect.poll(() => indent(a, "Only for you.")).toBeLessThan(100);
  await settings.getByRole("radio", { name: /^Rows and bubbles/ }).check();
  await expect.poll(() => indent(a, "Only for you.")).toBeGreaterThan(300);
});

test("in bubbles, a room's messages are edited, deleted and marked as in rows", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, room } = team;
  data(await (await programOf(ada)).rest("preferences.update", { messageLayout: "bubbles" }));
  const page = await enter(ada, { at: roomPath(room) });
  await say(page, "First");
  await say(page, "Second");
  await expect(message(page, "Second"), "only then can it be edited").not.toContainText("waiting");
  await composer(page).press("ArrowUp");
  await log(page).getByRole("textbox", { name: "Edit message" }).fill("Second, mended");
  await page.keyboard.press("Enter");
  await expect(message(page, "Second, mended").getByRole("button", { name: "(edited)" })).toBeVisible();
  await message(page, "First").hover();
  await message(page, "First").getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete message" }).click();
  await expect(message(page, "This message was deleted")).toBeVisible();
  await expect(composer(page)).toBeFocused();
});

test("a change of the layout keeps the place in a long log", async ({ enter }) => {
  const { ada, room } = await makeLongRoom(300);
  const page = await enter(ada, { at: roomPath(room) });
  await expect(row(page, 300)).toBeVisible();
  await scrollBy(page, -3_000);
  const { seq } = await place(page);
  const text = log(page).getByText(`Message ${seq}`, { exact: true });
  const boxOf = async () => (await text.boundingBox()) ?? { y: 0, width: 0 };
  const { y, width } = await boxOf();
  data(await (await programOf(ada)).rest("preferences.update", { messageLayout: "bubbles" }));
  await expect.poll(async () => (await boxOf()).width).not.toBe(width);
  await place(page);
  // Only the rows between it and the top of the log have changed their heights.
  expect(Math.abs((await boxOf()).y - y)).toBeLessThan(150);
});
