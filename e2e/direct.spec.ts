import type { Page } from "@playwright/test";
import { makePeople } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, log, message, roomList, roomPath, roomTitle, say } from "./screen";
import { makeTeam } from "./team";

const conversations = (page: Page) => roomList(page).getByRole("list", { name: "Direct messages" });
const conversation = (page: Page, name: string) => conversations(page).getByRole("link").filter({ hasText: name });

/** Opens a conversation by keyboard: the shortcut, a part of each name, Enter for the first that is found, and Enter to open. */
async function startByKeyboard(page: Page, parts: readonly string[], title: string): Promise<void> {
  await page.keyboard.press("Control+Shift+K");
  const field = page.getByRole("dialog", { name: "New message" }).getByRole("searchbox", { name: "Find people" });
  await expect(field).toBeFocused();
  for (const part of parts) {
    await page.keyboard.type(part);
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue("");
  }
  await page.keyboard.press("Enter");
  await expect(roomTitle(page, title)).toBeVisible();
}

test("a conversation starts by keyboard, and appears for the other with its first message", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await startByKeyboard(a, ["larsen"], "Bo Larsen");
  await expect(composer(a)).toBeFocused();
  await expect(conversation(a, "Bo Larsen")).toHaveAttribute("aria-current", "page");
  await expectAccessible(a);

  await say(a, "Only the two of us.");
  await expect(conversation(b, "Ada Lovelace")).toContainText("1 unread");
  await conversation(b, "Ada Lovelace").click();
  await expect(message(b, "Only the two of us.")).toBeVisible();
  await say(b, "Then I can say it.");
  await expect(message(a, "Then I can say it.")).toBeVisible();
  await expect(a).toHaveTitle(/^Bo Larsen/);

  // Starting it again leads to the same one.
  await startByKeyboard(b, ["lovelace"], "Ada Lovelace");
  await expect(message(b, "Only the two of us.")).toBeVisible();
  await expect(conversations(b).getByRole("link")).toHaveCount(1);
});

test("several people have a conversation under their names, and adding somebody makes another one", async ({
  enter,
}) => {
  const { organization, ada, bo, room } = await makeTeam();
  const [cy] = await makePeople(organization, [{ name: "Cy Young" }, { name: "Dee Fox" }]);
  const [a, c] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(cy as typeof bo, { at: "/browse" })]);
  await startByKeyboard(a, ["larsen", "young"], "Bo, Cy");
  await say(a, "Three of us.");
  await expect(conversation(c, "Ada, Bo")).toContainText("1 unread");

  await a.getByRole("button", { name: "More" }).click();
  await a.getByRole("menuitem", { name: "Add people" }).click();
  const dialog = a.getByRole("dialog", { name: "Add people" });
  await expect(dialog).toContainText("starts another conversation");
  await dialog.getByRole("searchbox").fill("dee");
  await dialog.getByRole("button", { name: /Dee Fox/ }).click();
  await dialog.getByRole("button", { name: "Open conversation" }).click();
  await expect(roomTitle(a, "Bo, Cy, Dee")).toBeVisible();
  await expect(log(a)).not.toContainText("Three of us.");
  await expect(conversations(a).getByRole("link")).toHaveCount(2);
});

test("a hidden conversation comes back with the next message, one that was left does not", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await startByKeyboard(a, ["larsen"], "Bo Larsen");
  await say(a, "First");
  await conversation(b, "Ada Lovelace").click();
  const choose = async (name: string) => {
    await a.getByRole("button", { name: "More" }).click();
    await a.getByRole("menuitem", { name }).click();
    await expect(conversations(a).getByRole("link")).toHaveCount(0);
    await expect(roomTitle(a, "lighthouse"), "it does not open again by itself").toBeVisible();
  };
  await choose("Hide until the next message");
  await say(b, "Second");
  await expect(conversation(a, "Bo Larsen")).toContainText("1 unread");
  await conversation(a, "Bo Larsen").click();
  await expect(message(a, "Second")).toBeVisible();

  await choose("Leave conversation");
  await say(b, "Third");
  // What Bo says next in the room that both are in arrives after it.
  await b.goto(roomPath(room));
  await say(b, "Fourth");
  await expect(roomList(a).getByRole("link").filter({ hasText: "lighthouse" })).toContainText("1 unread");
  await expect(conversations(a).getByRole("link")).toHaveCount(0);
  await startByKeyboard(a, ["larsen"], "Bo Larsen");
  await expect(message(a, "Third")).toBeVisible();
});

test("notes to oneself are a conversation with nobody else, and a muted room does not count", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada), enter(bo, { at: roomPath(room) })]);
  await roomList(a).getByRole("button", { name: "New message" }).click();
  await a.getByRole("dialog").getByRole("button", { name: "Notes to self" }).click();
  await expect(roomTitle(a, "Notes to self")).toBeVisible();
  await say(a, "Buy oil.");
  await expect(message(a, "Buy oil.")).toBeVisible();

  await roomList(a).getByRole("link").filter({ hasText: "lighthouse" }).click();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await a.getByRole("button", { name: "More" }).click();
  await a.getByRole("menuitem", { name: "Mute" }).click();
  await expect(roomList(a).getByRole("img", { name: "Muted" })).toBeVisible();
  await conversation(a, "Notes to self").click();
  await say(b, "Loud");
  await startByKeyboard(b, ["lovelace"], "Ada Lovelace");
  await say(b, "Direct");
  await expect(conversation(a, "Bo Larsen")).toContainText("1 unread");
  await expect(a).toHaveTitle(/^\(1\) /);
  await expect(roomList(a).getByRole("link").filter({ hasText: "lighthouse" })).not.toContainText("unread");
});

test("on a phone: a person's row leads to a conversation, and back to the list", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: `${roomPath(room)}?panel=members`, ...phone });
  await page.getByRole("button", { name: "Actions for Bo Larsen" }).tap();
  await page.getByRole("menuitem", { name: "Message" }).tap();
  await expect(roomTitle(page, "Bo Larsen")).toBeVisible();
  await composer(page).fill("From the train.");
  await page.getByRole("button", { name: "Send" }).tap();
  await expect(message(page, "From the train.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back to rooms" }).tap();
  await expect(conversation(page, "Bo Larsen")).toContainText("From the train.");
  await expectAccessible(page);
});
