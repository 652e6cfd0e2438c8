import type { Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { handleOf } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, log, message, roomLink, roomList, roomPath, settled } from "./screen";
import { programOf } from "./team";
import { field, makeThread, panel, replies, reply, roomLog, threadsLink } from "./thread";

test("a reply is in its thread alone, and the room shows how many there are and who wrote last", async ({ enter }) => {
  const { ada, bo, room } = await makeThread();
  const [a, b] = [await enter(ada, { at: roomPath(room) }), await enter(bo, { at: roomPath(room) })];
  await roomLog(a)
    .getByRole("button", { name: /1 reply/ })
    .click();
  await expect(replies(a).filter({ hasText: "Which one?" })).toBeVisible();
  await expect(panel(a).getByRole("article", { name: "First message, by Ada Lovelace" })).toContainText(
    "The lamp is out",
  );
  await expect(field(a)).toBeFocused();
  await expect(panel(a).getByRole("form", { name: "Reply in the thread" })).toContainText("2 people");
  await reply(a, "The one in the north");
  await expect(replies(a).filter({ hasText: "The one in the north" })).toBeVisible();
  await expect(roomLog(b).getByRole("button", { name: /2 replies/ })).toBeVisible();
  await expect(roomLog(b).getByRole("article").filter({ hasText: "The one in the north" })).toHaveCount(0);
  await expectAccessible(a);
});

test("a reply that is sent to the room, too, is one message in both places", async ({ enter }) => {
  const { ada, bo, room } = await makeThread();
  const [a, b] = [await enter(ada, { at: roomPath(room) }), await enter(bo, { at: roomPath(room) })];
  await roomLog(a)
    .getByRole("button", { name: /1 reply/ })
    .click();
  await panel(a).getByRole("checkbox", { name: "Also send to #lighthouse" }).check();
  await reply(a, "Fixed");
  const shown = roomLog(b).getByRole("article").filter({ hasText: "Fixed" });
  await shown.getByRole("button", { name: "Reply in a thread" }).click();
  await expect(replies(b).filter({ hasText: "Fixed" })).toBeVisible();
  // Edited in the room, changed in the thread.
  const own = roomLog(a).getByRole("article").filter({ hasText: "Fixed" });
  await own.hover();
  await own.getByRole("button", { name: "Edit" }).click();
  await own.getByRole("textbox").fill("Fixed for good");
  await own.getByRole("textbox").press("Enter");
  await expect(replies(b).filter({ hasText: "Fixed for good" })).toBeVisible();
});

test("by keyboard, T opens a thread under a message", async ({ enter }) => {
  const { ada, room } = await makeThread();
  data(await (await programOf(ada)).rest("message.send", { roomId: room.id, body: "Something else" }));
  const page = await enter(ada, { at: roomPath(room) });
  await message(page, "Something else").press("ArrowUp");
  await expect(message(page, "The lamp is out")).toBeFocused();
  await page.keyboard.press("t");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Looking");
  await page.keyboard.press("Enter");
  await expect(replies(page).filter({ hasText: "Looking" })).toBeVisible();
  await panel(page).getByRole("button", { name: "Close thread" }).click();
  await expect(panel(page)).toHaveCount(0);
});

test("the author of the first message is told of replies, until they have seen them or stop following", async ({
  enter,
}) => {
  const { ada, bo, room, replyAs } = await makeThread();
  const page = await enter(ada, { at: roomPath(room) });
  await expect(threadsLink(page)).toContainText("1");
  await threadsLink(page).click();
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "The lamp is out" }).getByRole("link");
  await expect(row).toContainText("Bo: Which one?");
  await row.click();
  await expect(replies(page).filter({ hasText: "Which one?" })).toBeVisible();
  await expect(threadsLink(page).getByText("unread")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Unread" })).toBeVisible();
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Stop following" }).click();
  await expect(page.getByText("You no longer follow this thread")).toBeVisible();
  await panel(page).getByRole("button", { name: "Close thread" }).click();
  // The room shows when the reply has arrived.
  await roomLink(page, "lighthouse").click();
  await expect(roomLog(page).getByRole("button", { name: /1 reply/ })).toBeVisible();
  await replyAs(bo, "Hello?");
  await expect(roomLog(page).getByRole("button", { name: /2 replies/ })).toBeVisible();
  await expect(threadsLink(page).getByText("unread")).toHaveCount(0);
  await page.goto(pathsOf(handleOf(ada.organizationId)).threads);
  await expect(page.getByText("No threads", { exact: true })).toBeVisible();
});

test("a thread outlives its first message, and in an archived room it can only be read", async ({ enter }) => {
  const { ada, room } = await makeThread();
  const page = await enter(ada, { at: roomPath(room) });
  const first = message(page, "The lamp is out");
  await first.hover();
  await first.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete message" }).click();
  await roomLog(page)
    .getByRole("button", { name: /1 reply/ })
    .click();
  await expect(panel(page).getByText("This message was deleted")).toBeVisible();
  await reply(page, "Still here");
  await expect(replies(page).filter({ hasText: "Still here" })).not.toContainText("waiting");
  data(await (await programOf(ada)).rest("room.archive", { roomId: room.id }));
  await expect(panel(page).getByText(/^This room is archived/)).toBeVisible();
  await expect(field(page)).toHaveCount(0);
});

test("a link to a reply opens its thread and marks the reply, and a quote leads there", async ({ enter }) => {
  const { ada, bo, replyAs } = await makeThread();
  const id = await replyAs(bo, "In the north");
  const page = await enter(ada, { at: pathsOf(handleOf(ada.organizationId)).message(id) });
  const shown = panel(page).getByRole("article", { name: /^Bo Larsen In the north/ });
  await expect(shown).toBeFocused();
  await expect(page).toHaveURL(/\?thread=[^&]+$/);
  await expect(roomLog(page)).toBeVisible();
  await shown.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(panel(page).getByRole("group", { name: "Reply", exact: true })).toContainText("In the north");
  await reply(page, "Not in the south");
  const answer = replies(page).filter({ hasText: "Not in the south" });
  await answer.getByRole("button", { name: /^In reply to .*In the north/ }).click();
  await expect(shown).toBeFocused();
});

test("the list is sorted and marked as read", async ({ enter }) => {
  const { ada, bo, room, replyAs } = await makeThread();
  const [asAda, asBo] = [await programOf(ada), await programOf(bo)];
  const other = data(await asAda.rest("message.send", { roomId: room.id, body: "The horn is broken" }));
  data(await asBo.rest("message.send", { roomId: room.id, threadId: other.id, body: "Since when?" }));
  const page = await enter(ada, { at: pathsOf(handleOf(ada.organizationId)).threads });
  const rows = page.getByRole("main").getByRole("listitem");
  await expect(rows).toContainText(["The horn is broken", "The lamp is out"]);
  await page.getByRole("combobox", { name: "Sort threads" }).selectOption({ label: "Oldest reply" });
  await expect(rows).toContainText(["The lamp is out", "The horn is broken"]);
  await page.getByRole("button", { name: "Mark all read" }).click();
  await expect(threadsLink(page).getByText("unread")).toHaveCount(0);
  await expect(rows.getByText("unread")).toHaveCount(0);
  await replyAs(bo, "Hello?");
  await expect(threadsLink(page)).toContainText("1");
});

test("a thread with a title stands under its room until it is resolved", async ({ enter }) => {
  const { ada, bo, room, replyAs } = await makeThread();
  const [a, b] = [await enter(ada, { at: roomPath(room) }), await enter(bo, { at: roomPath(room) })];
  await roomLog(a)
    .getByRole("button", { name: /1 reply/ })
    .click();
  await panel(a).getByRole("button", { name: "More" }).first().click();
  await a.getByRole("menuitem", { name: "Edit title" }).click();
  const dialog = a.getByRole("dialog", { name: "Thread title" });
  await dialog.getByRole("textbox", { name: "Title" }).fill("New lamp");
  await dialog.getByRole("button", { name: "Save title" }).click();
  await expect(panel(a).getByRole("heading", { name: "New lamp" })).toBeVisible();
  const link = (page: Page) => roomList(page).getByRole("list", { name: "Threads" }).getByRole("link");
  await expect(link(a)).toHaveText(/New lamp/);
  await a.reload();
  await settled(a);
  await expect(link(a)).toHaveText(/New lamp/);
  await expect(roomLog(b).getByRole("button", { name: /1 reply/ })).toContainText("New lamp");
  await expect(link(b)).toHaveText(/New lamp/);
  await replyAs(ada, "It is here");
  await expect(link(b)).toContainText("1");
  await link(b).click();
  await expect(replies(b).filter({ hasText: "It is here" })).toBeVisible();
  // Bo is neither its author nor a moderator.
  await panel(b).getByRole("button", { name: "More" }).first().click();
  await expect(b.getByRole("menuitem")).toHaveText(["Mute thread"]);
  await b.keyboard.press("Escape");
  await panel(a).getByRole("button", { name: "More" }).first().click();
  await a.getByRole("menuitem", { name: "Resolve" }).click();
  await expect(panel(a).getByText(/^Resolved by you/)).toBeVisible();
  await expect(panel(b).getByText(/^Resolved by Ada Lovelace/)).toBeVisible();
  await expect(link(b)).toHaveCount(0);
  await expectAccessible(a);
  await reply(b, "Good");
  await expect(replies(a).filter({ hasText: "Good" })).toBeVisible();
});

test("a moved message stands in the thread, and the room says where it went", async ({ enter }) => {
  const { ada, bo, room } = await makeThread();
  data(await (await programOf(bo)).rest("message.send", { roomId: room.id, body: "Ask the harbour" }));
  const b = await enter(bo, { at: roomPath(room) });
  await message(b, "Ask the harbour").hover();
  await message(b, "Ask the harbour").getByRole("button", { name: "More" }).click();
  await b.getByRole("menuitem", { name: "Move to thread" }).click();
  const dialog = b.getByRole("dialog", { name: "Move to thread" });
  await dialog.getByRole("radio", { name: /The lamp is out/ }).check();
  await dialog.getByRole("button", { name: "Move message" }).click();
  await expect(message(b, "Ask the harbour")).toHaveCount(0);
  await roomLog(b).getByRole("button", { name: "Moved to a thread" }).click();
  await expect(replies(b)).toContainText(["Which one?", "Ask the harbour"]);
  await expectAccessible(b);
  const a = await enter(ada, { at: roomPath(room) });
  await expect(roomLog(a).getByRole("button", { name: /2 replies/ })).toBeVisible();
});

test("a muted thread is unread in the list, and not counted", async ({ enter }) => {
  const { ada, bo, threadId, replyAs } = await makeThread();
  data(await (await programOf(ada)).rest("thread.setMuted", { threadId, isMuted: true }));
  const page = await enter(ada, { at: pathsOf(handleOf(ada.organizationId)).threads });
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "The lamp is out" });
  await expect(row.getByText("unread")).toHaveCount(1);
  await expect(row.getByLabel("Muted")).toBeVisible();
  await expect(threadsLink(page).getByText("unread")).toHaveCount(0);
  await row.getByRole("link").click();
  await panel(page).getByRole("button", { name: "More" }).first().click();
  await page.getByRole("menuitem", { name: "Unmute thread" }).click();
  await expect(page.getByText("Thread unmuted")).toBeVisible();
  await panel(page).getByRole("button", { name: "Close thread" }).click();
  await expect(panel(page), "or it reads the reply").toHaveCount(0);
  await replyAs(bo, "Hello?");
  await expect(threadsLink(page)).toContainText("1");
});

test("a thread's field offers people, and who is mentioned there is named", async ({ enter }) => {
  const { ada, bo, room } = await makeThread();
  await db().person.update({ where: { id: bo.id }, data: { handle: "bo" } });
  const page = await enter(ada, { at: roomPath(room) });
  await roomLog(page)
    .getByRole("button", { name: /1 reply/ })
    .click();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveAttribute("aria-autocomplete", "list");
  await page.keyboard.type("Ask @bo");
  await expect(page.getByRole("listbox").getByRole("option", { selected: true })).toContainText("Bo");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("Ask @bo ");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("");
  const asked = replies(page).filter({ hasText: "Ask @Bo" });
  await expect(asked).toBeVisible();
});

test("what is typed in a thread is on all devices, and listed as a draft", async ({ enter }) => {
  const { ada, room } = await makeThread();
  const [desk, phoneAtHome] = [await enter(ada, { at: roomPath(room) }), await enter(ada, { at: roomPath(room) })];
  await roomLog(desk)
    .getByRole("button", { name: /1 reply/ })
    .click();
  await field(desk).fill("Half a reply");
  const drafts = roomList(phoneAtHome).getByRole("link", { name: /^Drafts/ });
  await drafts.click();
  await phoneAtHome.getByRole("link", { name: /Thread in #lighthouse/ }).click();
  await expect(field(phoneAtHome)).toHaveValue("Half a reply");
  await field(phoneAtHome).press("Enter");
  await expect(replies(desk).filter({ hasText: "Half a reply" })).toBeVisible();
  await expect(field(desk)).toHaveValue("");
});

test("what is typed in a thread is not in the room's field, and stays over a reload", async ({ enter }) => {
  const { ada, room } = await makeThread();
  const page = await enter(ada, { at: roomPath(room) });
  await roomLog(page)
    .getByRole("button", { name: /1 reply/ })
    .click();
  await field(page).fill("Half a reply");
  await expect(composer(page)).toHaveValue("");
  await page.reload();
  await expect(field(page)).toHaveValue("Half a reply");
});

test.describe("on a phone", () => {
  test.use(phone);

  test("a thread is a level of its own, with the way back", async ({ enter }) => {
    const { ada, room } = await makeThread();
    const page = await enter(ada, { at: roomPath(room) });
    await roomLog(page)
      .getByRole("button", { name: /1 reply/ })
      .tap();
    await expect(panel(page)).toBeVisible();
    expect((await panel(page).boundingBox())?.width).toBe(phone.viewport.width);
    await field(page).fill("On my way");
    await panel(page).getByRole("button", { name: "Send reply" }).tap();
    await expect(replies(page).filter({ hasText: "On my way" })).toBeVisible();
    await panel(page).getByRole("button", { name: "Add to message" }).tap();
    await expect(page.getByRole("dialog", { name: "Add to message" })).toBeVisible();
    // Wide, because axe measures the targets that the sheet of a phone covers.
    await expectAccessible(page, ["wide"]);
    await page.getByRole("button", { name: "Mention", exact: true }).tap();
    await expect(field(page)).toHaveValue("@");
    await expect(page.getByRole("listbox").getByRole("option", { name: /Bo Larsen/ })).toBeVisible();
    await field(page).fill("");
    await panel(page).getByRole("button", { name: "Back to room" }).tap();
    await expect(panel(page)).toHaveCount(0);
    await expect(log(page).getByRole("button", { name: /2 replies/ })).toBeVisible();
  });
});
