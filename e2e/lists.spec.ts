// Long lists, small and wide windows, dialogs that fit, and search that tolerates typing errors.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { composer, log, message, roomLink, roomList, roomPath, roomTitle, settled } from "./screen";
import { addRoom, addRooms, makeTeam, sayAs } from "./team";
import { makePeople } from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";

const sizes = [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1440, height: 800 },
  { width: 1024, height: 480 },
];
const distanceToEnd = (it: Element) => it.scrollHeight - it.clientHeight - it.scrollTop;
const switcher = (page: Page) => page.getByRole("dialog", { name: "Jump to" });
const box = async (place: Locator) => {
  const found = await place.boundingBox();
  if (!found) throw new Error("It is not on the screen.");
  return { ...found, right: found.x + found.width, bottom: found.y + found.height };
};

test("fields, lines of text and dialogs keep their look in every window", async ({ enter }) => {
  const team = await makeTeam();
  await addRooms(
    team,
    Array.from({ length: 60 }, (_, at) => `project-${at}`),
    team.ada,
  );
  const page = await enter(team.ada, { at: roomPath(team.room) });

  await test.step("a field with an error stays red until its text is valid", async () => {
    await roomList(page).getByRole("button", { name: "Add rooms" }).click();
    await page.getByRole("menuitem", { name: "New room" }).click();
    const name = page.getByRole("textbox", { name: "Name" });
    const edge = () => name.locator("..").evaluate((field) => getComputedStyle(field).borderColor);
    await expect(name).toBeFocused();
    const right = await edge();
    await name.press("Enter");
    await expect(name).toHaveAttribute("aria-invalid", "true");
    await name.blur();
    const wrong = await edge();
    expect(wrong).not.toBe(right);
    await name.focus();
    expect(await edge()).toBe(wrong);
    await page.getByRole("textbox", { name: "Description" }).focus();
    // Over the access and the picture.
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press("Shift+Tab");
    await expect(name).toBeFocused();
    expect(await edge()).toBe(wrong);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  });

  await test.step("lines of text stay short enough to read in every window", async () => {
    await page.setViewportSize({ width: 2200, height: 1200 });
    const words = "Words that go on to the end of the line and further. ".repeat(20);
    for (const text of [words, `> ${words}`, `- ${words}`, "שלום עולם ".repeat(60)]) {
      await composer(page).fill(text);
      await composer(page).press("Enter");
    }
    const paragraphs = log(page).getByRole("article");
    await expect(paragraphs).toHaveCount(4);
    const widths = await paragraphs.evaluateAll((rows) =>
      rows.map((row) => {
        const range = document.createRange();
        range.selectNodeContents(row);
        const lines = [...range.getClientRects()].filter(({ width }) => width > 100);
        return Math.round(Math.max(...lines.map(({ right }) => right)) - row.getBoundingClientRect().left);
      }),
    );
    // With the margin, the avatar and its gap.
    for (const width of widths) expect(width).toBeLessThanOrEqual(760 + 20 + 36 + 12);
  });

  await test.step("every dialog fits its window and can be scrolled to its last line", async () => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const key of ["Control+k", "Control+/"]) {
        await page.keyboard.press(key);
        const dialog = page.getByRole("dialog");
        await expect(dialog).toBeVisible();
        const { y, bottom } = await box(dialog);
        expect(y, `${key} ${size.height}`).toBeGreaterThanOrEqual(16);
        expect(bottom, `${key} ${size.height}`).toBeLessThanOrEqual(size.height - 16);
        if (key === "Control+k") {
          await expect(dialog.getByRole("combobox")).toBeFocused();
          await page.keyboard.press("ArrowUp");
          const last = dialog.getByRole("option").last();
          await expect(last).toHaveAttribute("aria-selected", "true");
          await expect(last).toBeInViewport({ ratio: 1 });
          await expect(dialog.getByText("move")).toBeInViewport({ ratio: 1 });
        }
        await page.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
      }
    }
  });
});

test("a message's toolbar has its designed position and covers no text", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, room } = team;
  const long = "A long line that goes on and on to the end of the row, whatever that is. ".repeat(8);
  await sayAs(ada, team, ["The very first", long, `${long} And that.`, "Line\n".repeat(60) + long]);
  const page = await enter(ada, { at: roomPath(room) });
  const rows = log(page).getByRole("article");
  await expect(rows).toHaveCount(4);
  const toolbar = page.getByRole("toolbar", { name: "Message actions" });
  /** The lines of text in the log that the toolbar covers. */
  const covered = () =>
    toolbar.evaluate((bar) => {
      const over = bar.getBoundingClientRect();
      const walker = document.createTreeWalker(bar.closest('[role="log"]') as Node, NodeFilter.SHOW_TEXT);
      const lines: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (bar.contains(node) || node.parentElement?.closest(".sr-only")) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const line of range.getClientRects()) {
          const apart =
            line.right <= over.left || line.left >= over.right || line.bottom <= over.top || line.top >= over.bottom;
          if (!apart) lines.push(node.textContent ?? "");
        }
      }
      return lines;
    });
  for (const size of [...sizes, { width: 800, height: 600 }]) {
    await page.setViewportSize(size);
    // The log follows its end after a resize. It must not do so after a row is focused.
    await expect.poll(() => log(page).evaluate(distanceToEnd)).toBeLessThan(2);
    for (let at = 0; at < 4; at++) {
      const row = rows.nth(at);
      await row.focus();
      await expect(row.getByRole("toolbar")).toBeInViewport({ ratio: 1 });
      const [bar, its, all] = [await box(toolbar), await box(row), await box(log(page))];
      expect(bar.height).toBe(34);
      expect(Math.round(its.right - bar.right)).toBe(20);
      expect(bar.y, "under the header").toBeGreaterThanOrEqual(all.y + 56);
      if (its.y - 18 >= all.y + 64) expect(Math.round(its.y - bar.y)).toBe(18);
      expect(await covered(), `row ${at} at ${size.width}`).toEqual([]);
    }
    // A tall message whose beginning is far above the window.
    await log(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect.poll(async () => (await box(rows.last())).y).toBeLessThan(0);
    await expect(toolbar).toBeInViewport({ ratio: 1 });
    await expect.poll(covered, `the tall one at ${size.width}`).toEqual([]);
  }
});

test("a long list of rooms scrolls to the chosen room, and Browse rooms is always visible", async ({ enter }) => {
  const team = await makeTeam();
  const names = Array.from({ length: 200 }, (_, at) => `project-${String(at).padStart(4, "0")}`);
  const rooms = await addRooms(team, names, team.ada);
  const page = await enter(team.ada, { at: roomPath(rooms[160] as { id: string }) });
  const expectRoom = (number: string) => expect(page).toHaveTitle(new RegExp(`#project-${number}`));
  const row = (number: string) => roomList(page).getByText(`project-${number}`, { exact: true });
  await expect(row("0160")).toBeInViewport({ ratio: 1 });
  await expect(roomList(page).getByRole("link", { name: "Browse rooms" })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("project 0042");
  await expect(page.getByRole("option", { selected: true })).toContainText("project-0042");
  await page.keyboard.press("Enter");
  await expectRoom("0042");
  // Until then the dialog takes the keys.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(row("0042")).toBeInViewport({ ratio: 1 });
  for (let at = 41; at >= 30; at--) {
    await page.keyboard.press("Alt+ArrowUp");
    await expectRoom(`00${at}`);
    await expect(row(`00${at}`)).toBeInViewport({ ratio: 1 });
  }
  await page.goBack();
  await expect(roomLink(page, "project-0031")).toHaveAttribute("aria-current", "page");
  await expect(row("0031")).toBeInViewport({ ratio: 1 });
  // Choosing a room that is visible does not scroll the list.
  const before = await box(row("0033"));
  await row("0033").click();
  await expectRoom("0033");
  expect((await box(row("0033"))).y).toBe(before.y);
});

test("the switcher finds rooms despite typing errors, joins other rooms, and creates missing ones", async ({
  enter,
}) => {
  const team = await makeTeam();
  await addRoom(team, { name: "release-notes" }, team.ada);
  await addRoom(team, { name: "release-captains", access: "private" }, team.ada);
  const party = await addRoom(team, { name: "release-party" }, team.bo);
  await fillRoom(party, team.bo, 3);
  await addRoom(team, { name: "Núñez & friends" }, team.ada);
  await addRoom(team, { name: "secret-releases", access: "private" }, team.bo);
  const page = await enter(team.ada, { at: roomPath(team.room) });
  const options = switcher(page).getByRole("option");
  const type = async (text: string) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(text);
  };

  await type("relaese");
  await expect(switcher(page).getByRole("group", { name: "Close to “relaese”" }).getByRole("option")).toHaveCount(2);
  await expect(options).toHaveText([
    /^release-captains/,
    /^release-notes/,
    /^release-party3? ?.*Join/,
    /^Create #relaese/,
  ]);
  await expectAccessible(page, ["wide"]);
  // What others would notice is not chosen before it is reached.
  await expect(switcher(page).getByRole("option", { selected: true })).toContainText("release-captains");
  await page.getByRole("combobox").fill("rlspty");
  await expect(options).toHaveText([/^release-party/, /^Create #rlspty/]);
  await expect(switcher(page).getByRole("option", { selected: true })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(switcher(page)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.getByRole("combobox").fill("nunez friends");
  await expect(options.first()).toContainText("Núñez & friends");
  await page.getByRole("combobox").fill("rlsnts");
  await expect(options.first()).toContainText("release-notes");

  await page.getByRole("combobox").fill("release.party");
  await expect(options.first()).toContainText("release-party");
  await page.keyboard.press("Enter");
  await expect(roomTitle(page, "release-party")).toBeVisible();
  await expect(composer(page)).toBeVisible();
  await expect(message(page, "Ada Lovelace joined")).toBeVisible();

  // The most recently visited room is first.
  await expect(switcher(page)).toBeHidden();
  await page.keyboard.press("Control+k");
  await expect(options.first()).toContainText("lighthouse");

  await page.getByRole("combobox").fill("#boat house");
  await expect(options).toHaveText([/^Create #boat house/]);
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog", { name: "New room" });
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("boat house");
  await dialog.getByRole("button", { name: "Create room" }).click();
  await expect(roomTitle(page, "boat house")).toBeVisible();
  // Keys are not shortcuts while a dialog closes.
  await expect(dialog).toBeHidden();
  await type("Boat-House");
  await expect(options.first()).toContainText("boat house");
  await expect(switcher(page).getByText("Create #")).toHaveCount(0);
});

test("the switcher finds people, and one's notes, and opens the conversation", async ({ enter }) => {
  const team = await makeTeam();
  await makePeople(team.organization, [{ name: "Bea Winter" }]);
  await addRoom(team, { name: "building-east-annex" }, team.bo);
  const page = await enter(team.ada, { at: roomPath(team.room) });
  const options = switcher(page).getByRole("option");
  const type = async (text: string) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(text);
  };
  await type("bea");
  await expect(switcher(page).getByRole("option", { selected: true })).toContainText("Bea Winter");
  await expect(options.filter({ hasText: "Bea Winter" })).toContainText("Offline");
  await expectAccessible(page, ["wide"]);
  await page.keyboard.press("Enter");
  await expect(roomTitle(page, "Bea Winter")).toBeVisible();

  // Now once: as the conversation. After an @, there are only people and conversations.
  await expect(switcher(page)).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("@wint");
  await expect(options).toHaveText([/Bea Winter/]);
  await page.getByRole("combobox").fill("notes to");
  await page.keyboard.press("Enter");
  await expect(roomTitle(page, "Notes to self")).toBeVisible();
});

test("Browse rooms, members and people find matches despite typing errors, and a room that is not found can be created", async ({
  enter,
}) => {
  const team = await makeTeam();
  const page = await enter(team.ada, { at: `${roomPath(team.room)}?panel=members` });
  const rows = page.getByRole("complementary").getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Find members" }).fill("lovelcae");
  await expect(rows).toHaveText([/Ada Lovelace/]);
  await page.goto("/browse");
  await settled(page);
  const found = page.getByRole("main").getByRole("listitem");
  const findRooms = page.getByRole("searchbox", { name: "Find rooms" });
  // First a query without results, so that the results that follow cannot be an earlier answer.
  await findRooms.fill("cellar");
  await expect(page.getByRole("button", { name: "Create #cellar" })).toBeVisible();
  await findRooms.fill("lighthuose");
  await expect(found).toHaveText([/lighthouse/]);
  await findRooms.fill("cellar");
  await page.getByRole("button", { name: "Create #cellar" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Name" })).toHaveValue("cellar");
});
