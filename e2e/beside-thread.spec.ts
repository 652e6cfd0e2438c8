// A thread and its room, side by side: what is done in one does not reach the other.
import { pathsOf } from "@/lib/contract/paths";
import { data } from "@/tests/harness/login";
import { makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, fetchedAhead, message, roomLink, roomPath, say, settled } from "./screen";
import { programOf, sayAs } from "./team";
import { field, makeThread, panel, replies, reply, roomLog } from "./thread";

test("what is typed after something was done in a thread does not go to the room", async ({ enter }) => {
  const { ada, room, replyAs } = await makeThread();
  await replyAs(ada, "In the north");
  const page = await enter(ada, { at: roomPath(room) });
  await fetchedAhead(page);
  await roomLog(page)
    .getByRole("button", { name: /2 replies/ })
    .click();
  const own = replies(page).filter({ hasText: "In the north" });

  await test.step("after a question that was cancelled", async () => {
    await own.hover();
    await own.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await expect(field(page)).toBeFocused();
  });

  await test.step("after the picker of reactions", async () => {
    const picker = page.getByRole("dialog", { name: "React", exact: true });
    await own.hover();
    await own.getByRole("button", { name: "React", exact: true }).click();
    await expect(picker.getByRole("combobox", { name: "Find an emoji" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(picker).toHaveCount(0);
    await page.keyboard.type("Hm");
    await expect(field(page)).toHaveValue("Hm");
    await field(page).fill("");
  });

  await test.step("after a click beside everything", async () => {
    await panel(page).getByRole("heading", { name: "Thread", exact: true }).click();
    await expect(field(page)).not.toBeFocused();
    await page.keyboard.type("Look up");
    await expect(composer(page)).toHaveValue("");
  });

  await test.step("and to the room when the thread is closed", async () => {
    await panel(page).getByRole("button", { name: "Close thread" }).click();
    await expect(panel(page)).toHaveCount(0);
    await expect(composer(page)).toBeFocused();
  });
});

test("a message that is moved while its author edits it keeps its editor", async ({ enter }) => {
  const { ada, bo, room, threadId } = await makeThread();
  const [asAda, asBo] = [await programOf(ada), await programOf(bo)];
  const { id } = data(await asBo.rest("message.send", { roomId: room.id, body: "Ask the harbour" }));
  const page = await enter(bo, { at: roomPath(room) });
  const row = roomLog(page).getByRole("article").filter({ hasText: "Moved to a thread" });
  const editor = roomLog(page).getByRole("textbox", { name: "Edit message" });
  await message(page, "Ask the harbour").hover();
  await message(page, "Ask the harbour").getByRole("button", { name: "Edit" }).click();
  await editor.fill("Ask the harbour master");
  data(await asAda.rest("thread.move", { threadId, messageIds: [id] }));
  await expect(row).toBeVisible();
  await expect(editor).toHaveValue("Ask the harbour master");
  await editor.press("Enter");
  await expect(editor).toHaveCount(0);
  await row.getByRole("button", { name: "Moved to a thread" }).click();
  await expect(replies(page).filter({ hasText: "Ask the harbour master" })).toBeVisible();

  await test.step("and the room offers nothing that needs its text", async () => {
    // The pointer is on the row since the click. Its toolbar comes when the pointer comes.
    await message(page, "The lamp is out").first().hover();
    await row.hover();
    await row.getByRole("button", { name: "More" }).click();
    const offered = [/^Reply in thread/, /^Copy link/, /^Pin/, /^Mark unread from here/, /^Delete/];
    await expect(page.getByRole("menuitem")).toHaveText(offered);
    await page.keyboard.press("Escape");
    await panel(page).getByRole("button", { name: "Close thread" }).click();
  });

  await test.step("and with the arrow key, an author edits the message before it", async () => {
    await say(page, "All hands");
    // Only a message that the server has is edited.
    await expect(message(page, "All hands")).not.toContainText("waiting");
    const { id: last } = data(await asBo.rest("message.send", { roomId: room.id, body: "On deck" }));
    await expect(message(page, "On deck")).toBeVisible();
    data(await asAda.rest("thread.move", { threadId, messageIds: [last] }));
    await expect(row).toHaveCount(2);
    await composer(page).press("ArrowUp");
    await expect(editor).toHaveValue("All hands");
  });
});

const narrow = { viewport: { width: 1000, height: 800 } };
for (const [where, window, close] of [
  ["on a phone", phone, "Back to room"],
  ["in a narrow window", narrow, "Close thread"],
] as const)
  test(`${where}, what arrives in a room behind its thread is unread until the thread is closed`, async ({ enter }) => {
    const { ada, bo, room, replyAs } = await makeThread();
    const asAda = await programOf(ada);
    const [hand, desk] = [await enter(ada, { ...window, at: roomPath(room) }), await enter(ada, { at: "/browse" })];
    await roomLog(hand)
      .getByRole("button", { name: /1 reply/ })
      .click();
    await expect(replies(hand).filter({ hasText: "Which one?" })).toBeVisible();
    await sayAs(bo, { room }, ["All hands"]);
    await expect(roomLink(desk, "lighthouse")).toHaveAccessibleName(/1 unread/);
    await replyAs(bo, "In the north");
    await expect(replies(hand).filter({ hasText: "In the north" })).toBeVisible();
    // The message would be read by now, because the reply, which came later, is.
    const unread = async () => data(await asAda.rest("thread.list", { filter: "unread" })).threads;
    await expect.poll(unread).toEqual([]);
    await expect(roomLink(desk, "lighthouse")).toHaveAccessibleName(/1 unread/);
    await panel(hand).getByRole("button", { name: close }).click();
    await expect(roomLink(desk, "lighthouse")).not.toContainText("unread");
  });

test("in a preview, threads are read, by mouse, keyboard and link, and written in after joining", async ({ enter }) => {
  const { organization, bo, room, replyAs } = await makeThread();
  const id = await replyAs(bo, "In the north");
  const cleo = await makePerson(organization, { name: "Cleo" });
  const page = await enter(cleo, { at: roomPath(room) });
  await settled(page);
  await roomLog(page)
    .getByRole("button", { name: /2 replies/ })
    .press("Enter");
  await expect(replies(page)).toContainText(["Which one?", "In the north"]);
  await expect(panel(page).getByRole("article", { name: "First message, by Ada Lovelace" })).toBeVisible();
  await expect(panel(page).getByRole("button", { name: "Join room" })).toBeVisible();
  await expect(panel(page).getByRole("button", { name: /Follow|More/ })).toHaveCount(0);
  await expectAccessible(page);
  await replyAs(bo, "In the east");
  await expect(replies(page).filter({ hasText: "In the east" })).toBeVisible();
  await panel(page).getByRole("button", { name: "Close thread" }).click();
  await expect(panel(page)).toHaveCount(0);

  const onPhone = await enter(cleo, { at: roomPath(room), ...phone });
  await settled(onPhone);
  await roomLog(onPhone)
    .getByRole("button", { name: /3 replies/ })
    .tap();
  await expect(replies(onPhone).filter({ hasText: "In the east" })).toBeVisible();
  await expect(panel(onPhone).getByRole("button", { name: "Join room" })).toBeVisible();
  await panel(onPhone).getByRole("button", { name: "Back to room" }).tap();
  await expect(panel(onPhone)).toHaveCount(0);

  await page.goto(pathsOf(organization.handle).message(id));
  await expect(panel(page).getByRole("article", { name: /^Bo Larsen In the north/ })).toBeFocused();
  await panel(page).getByRole("button", { name: "Join room" }).click();
  await reply(page, "Found it");
  await expect(replies(page).filter({ hasText: "Found it" })).toBeVisible();
});
