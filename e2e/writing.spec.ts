// Typing goes to the composer, and edits and unfinished texts are never lost.
import type { Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { expect, test } from "./fixtures";
import { composer, log, message, roomLink, roomPath, roomTitle, say as sayAtOnce, settled } from "./screen";
import { addRoom, makeTeam, programOf, sayAs } from "./team";

const editor = (page: Page) => page.getByRole("textbox", { name: "Edit message" });
const unfinished = (page: Page) => page.getByRole("listitem").filter({ hasText: "Unfinished edit" });

/** Sends a message and waits until the server has it, because only then can it be edited. */
async function say(page: Page, text: string): Promise<void> {
  await sayAtOnce(page, text);
  await expect(message(page, text)).not.toContainText("waiting");
}
const numbered = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name} ${at + 1}`);

test("what is typed goes to the composer, unless arrow keys led to a message", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: roomPath(room) });

  await test.step("after an edit, a deletion, a dialog and a panel, typing goes to the composer", async () => {
    await say(page, "The lamp is lit");
    await page.keyboard.press("ArrowUp");
    await editor(page).press("End");
    await page.keyboard.type("!");
    await page.keyboard.press("Enter");
    await expect(message(page, "The lamp is lit!")).toContainText("(edited)");
    await page.keyboard.type("e");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("every letter");
    await expect(composer(page)).toHaveValue("every letter");
    await expect(editor(page)).toHaveCount(0);
    await composer(page).fill("");

    await page.keyboard.press("ArrowUp");
    await editor(page).press("Escape");
    await expect(composer(page)).toBeFocused();

    const row = message(page, "The lamp is lit!");
    await row.hover();
    await row.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
    await expect(composer(page)).toBeFocused();
    await row.hover();
    await row.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete message" }).click();
    await expect(message(page, "This message was deleted")).toBeVisible();
    await expect(composer(page)).toBeFocused();

    await page.keyboard.press("Control+/");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(composer(page)).toBeFocused();

    await page.getByRole("button", { name: /^Members/ }).click();
    const panel = page.getByRole("complementary");
    await panel.getByRole("button", { name: "Close" }).click();
    await expect(panel).toHaveCount(0);
    await page.keyboard.type("panel");
    await expect(composer(page)).toHaveValue("panel");
    await composer(page).fill("");
  });

  await test.step("letter shortcuts act only on a message that was reached by arrow keys", async () => {
    await say(page, "One");
    await say(page, "Two");
    // The message was clicked, so the letter goes to the composer.
    await message(page, "Two").click();
    await page.keyboard.type("edit");
    await expect(composer(page)).toHaveValue("edit");
    await composer(page).fill("");
    // The same for a message reached by Tab.
    await composer(page).press("Shift+F6");
    await expect(message(page, "Two")).toBeFocused();
    await page.keyboard.press("Delete");
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await page.keyboard.press("ArrowUp");
    await expect(message(page, "One")).toBeFocused();
    await page.keyboard.press("Backspace");
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await page.keyboard.press("e");
    await expect(editor(page)).toHaveValue("One");
  });
});

test("what is typed before the page's code has arrived is kept", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: "about:blank" });
  let release = () => {};
  const released = new Promise<void>((resolve) => void (release = resolve));
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(roomPath(room), { waitUntil: "commit" });
  await composer(page).fill("Typed early");
  release();
  await settled(page);
  await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();
  await page.keyboard.type(", and late");
  await page.keyboard.press("Enter");
  await expect(message(page, "Typed early, and late")).toBeVisible();
});

test("the editor stays visible while twenty messages arrive, and while it grows", async ({ enter }) => {
  const team = await makeTeam();
  await sayAs(team.ada, team, numbered("Earlier", 40));
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await say(page, "The plan");
  await page.keyboard.press("ArrowUp");
  await editor(page).press("End");
  await page.keyboard.type(" is");
  await expect(editor(page)).toBeInViewport({ ratio: 1 });
  const top = () => editor(page).evaluate((it) => Math.round(it.getBoundingClientRect().top));
  const before = await top();
  await sayAs(team.bo, team, numbered("Later", 20));
  await expect(page.getByRole("button", { name: /jump to the latest/ })).toContainText("20 new");
  expect(Math.abs((await top()) - before), "nothing moves under what is typed").toBeLessThanOrEqual(2);
  await page.keyboard.type(" to");
  for (let line = 0; line < 14; line++) await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("wait");
  await expect(editor(page)).toHaveValue(`The plan is to${"\n".repeat(14)}wait`);
  // The log scrolls in the frame after the one in which the editor grows.
  const outside = async () => {
    const [box, logBox] = [await editor(page).boundingBox(), await log(page).boundingBox()];
    if (!box || !logBox) throw new Error("Both must be visible.");
    return Math.max(logBox.y + 56 - box.y, box.y + box.height - (logBox.y + logBox.height));
  };
  await expect.poll(outside, "below the header and above the end").toBeLessThanOrEqual(0);
  await page.keyboard.press("Enter");
  await expect(message(page, "The plan is to")).toContainText("(edited)");
});

test("an unfinished edit is listed above the composer, even after a room change and a reload", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await addRoom(team, { name: "observatory" }, ada, bo);
  const page = await enter(ada, { at: roomPath(room) });
  await say(page, "The plan");
  await page.keyboard.press("ArrowUp");
  await editor(page).fill("The plan changed");
  await expect(unfinished(page)).toHaveCount(0);
  await roomLink(page, "observatory").click();
  await expect(roomTitle(page, "observatory")).toBeVisible();
  await expect(unfinished(page)).toHaveCount(0);
  await roomLink(page, "lighthouse").click();
  await expect(unfinished(page)).toBeVisible();
  await sayAs(team.bo, team, numbered("Later", 120));
  await page.reload();
  // Its message is not even loaded.
  await unfinished(page).getByRole("button", { name: "Continue" }).click();
  await expect(editor(page)).toHaveValue("The plan changed");
  await expect(editor(page)).toBeFocused();
  await expect(unfinished(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(message(page, "The plan changed")).toContainText("(edited)");
  await expect(unfinished(page)).toHaveCount(0);

  await message(page, "The plan changed").hover();
  await message(page, "The plan changed").getByRole("button", { name: "Edit", exact: true }).click();
  await editor(page).fill("Another thought");
  await roomLink(page, "observatory").click();
  await expect(roomTitle(page, "observatory")).toBeVisible();
  await roomLink(page, "lighthouse").click();
  await unfinished(page).getByRole("button", { name: "Discard" }).click();
  await expect(unfinished(page)).toHaveCount(0);
});

test("an edit says when the message was changed or deleted in the meantime, and overwrites nothing without asking", async ({
  enter,
}) => {
  const { ada, room } = await makeTeam();
  const [desk, sofa] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(ada, { at: roomPath(room) })]);
  await say(desk, "Step three");
  const begin = async (page: Page, text: string) => {
    await expect(message(page, "Step three")).toBeVisible();
    await expect(editor(page)).toHaveCount(0);
    await composer(page).press("ArrowUp");
    await editor(page).fill(text);
  };
  await begin(desk, "Step three, mine");
  await begin(sofa, "Step three and four");
  await sofa.keyboard.press("Enter");
  const meanwhile = log(desk).getByRole("status").filter({ hasText: "Changed meanwhile" });
  await expect(meanwhile).toContainText("Step three and four");
  await editor(desk).press("Enter");
  await expect(editor(desk), "nothing is saved before it is decided").toHaveValue("Step three, mine");
  await meanwhile.getByRole("button", { name: "Use the other" }).click();
  await expect(editor(desk)).toHaveValue("Step three and four");
  await editor(desk).fill("Step three, four and five");
  await editor(desk).press("Enter");
  await expect(message(sofa, "Step three, four and five")).toBeVisible();

  await begin(desk, "Step three, to be kept");
  await begin(sofa, "Step three, once more");
  await sofa.keyboard.press("Enter");
  await meanwhile.getByRole("button", { name: "Keep mine" }).click();
  await editor(desk).press("Enter");
  await expect(message(sofa, "Step three, to be kept")).toBeVisible();

  await begin(desk, "Step three, too late");
  const program = await programOf(ada);
  const { messages } = data(await program.rest("message.list", { roomId: room.id }));
  data(await program.rest("message.delete", { messageId: messages.at(-1)?.id ?? "" }));
  await expect(log(desk).getByRole("status").filter({ hasText: "This message was deleted" })).toBeVisible();
  await expect(editor(desk)).toHaveValue("Step three, too late");
});

test("a text in two tabs that is sent in one disappears in the other, and so does the form of a new room", async ({
  enter,
}) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: roomPath(room) });
  const other = await page.context().newPage();
  await other.goto(roomPath(room));
  await settled(other);
  await composer(page).fill("Said once");
  await expect(composer(other)).toHaveValue("Said once");
  await composer(other).press("Enter");
  await expect(composer(page)).toHaveValue("");
  await expect(message(page, "Said once")).toHaveCount(1);

  await page.getByRole("button", { name: "Add rooms" }).click();
  await page.getByRole("menuitem", { name: "New room" }).click();
  const dialog = page.getByRole("dialog", { name: "New room" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("half a na");
  await dialog.getByRole("textbox", { name: "Description" }).fill("What belongs");
  await page.keyboard.press("Escape");
  await page.reload();
  await settled(page);
  await page.getByRole("button", { name: "Add rooms" }).click();
  await page.getByRole("menuitem", { name: "New room" }).click();
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("half a na");
  await expect(dialog.getByRole("textbox", { name: "Description" })).toHaveValue("What belongs");
});

test("the form of a new invite keeps its choices until the link is created", async ({ enter }) => {
  const { ada } = await makeTeam();
  const page = await enter(ada, { at: "/settings/invites" });
  const open = () => page.getByRole("button", { name: "New invite" }).click();
  const dialog = page.getByRole("dialog", { name: "New invite" });
  await open();
  await dialog.getByRole("radio", { name: "Admin" }).click();
  await dialog.getByRole("combobox", { name: "Expires" }).selectOption("1 day");
  await dialog.getByRole("checkbox", { name: "lighthouse" }).check();
  await page.keyboard.press("Escape");
  await page.reload();
  await settled(page);
  await open();
  await expect(dialog.getByRole("radio", { name: "Admin" })).toBeChecked();
  await expect(dialog.getByRole("combobox", { name: "Expires" })).toHaveValue("86400");
  await expect(dialog.getByRole("checkbox", { name: "lighthouse" })).toBeChecked();
  await dialog.getByRole("button", { name: "Create link" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await open();
  await expect(dialog.getByRole("radio", { name: "Member" })).toBeChecked();
});

test("F6 moves through the regions in visual order, the list of rooms is one stop with arrow keys, and PageUp scrolls the log", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  for (const name of ["atrium", "observatory"]) await addRoom(team, { name }, ada, bo);
  await sayAs(team.ada, team, numbered("Earlier", 45));
  const page = await enter(ada, { at: roomPath(room) });
  await expect(message(page, "Earlier 45")).toBeVisible();
  await page.getByRole("button", { name: /^Members/ }).click();
  const panel = page.getByRole("complementary");
  await expect(panel).toBeVisible();
  await composer(page).focus();
  const focusIn = async () =>
    page.evaluate(() => {
      const places = ["panel", "composer", "stage", "rooms"];
      return places.find((id) => document.getElementById(id)?.contains(document.activeElement));
    });
  const visited = [];
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press("F6");
    visited.push(await focusIn());
  }
  expect(visited).toEqual(["panel", "rooms", "stage", "composer"]);
  await page.keyboard.press("Shift+F6");
  expect(await focusIn()).toBe("stage");
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("Shift+F6");
  expect(await focusIn(), "without a focus, Shift+F6 begins at the last region").toBe("panel");
  await page.keyboard.press("F6");
  await expect(roomLink(page, "lighthouse")).toBeFocused();

  await page.keyboard.press("Home");
  await expect(roomLink(page, "atrium")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(roomLink(page, "observatory")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(
    page.getByRole("navigation", { name: "Rooms" }).getByRole("listitem").getByRole("link").and(page.locator(":focus")),
  ).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(roomLink(page, "lighthouse"), "the Tab key comes back to the room that is open").toBeFocused();

  const place = () => log(page).evaluate((element) => element.scrollTop);
  await composer(page).focus();
  const end = await place();
  const toEnd = () => log(page).evaluate((it) => it.scrollHeight - it.clientHeight - it.scrollTop);
  await page.keyboard.press("PageUp");
  await expect.poll(place).toBeLessThan(end - 200);
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect.poll(toEnd).toBeLessThanOrEqual(1);
});
