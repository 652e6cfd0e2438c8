// A thread and its room, side by side: what is done in one does not reach the other.
import { expect, test } from "./fixtures";
import { composer, fetchedAhead, roomPath } from "./screen";
import { field, makeThread, panel, replies, roomLog } from "./thread";

test("what is typed after something was done in a thread goes to the thread, not to the room", async ({ enter }) => {
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
    await expect(field(page)).toBeFocused();
  });

  await test.step("after a click on a button of its bar", async () => {
    await panel(page).getByRole("button", { name: "Stop following" }).click();
    await expect(panel(page).getByRole("button", { name: "Follow thread" })).toBeFocused();
    await page.keyboard.type("Look");
    await expect(field(page)).toHaveValue("Look");
  });

  await test.step("after a click beside everything", async () => {
    await panel(page).getByRole("heading", { name: "Thread", exact: true }).click();
    await expect(field(page)).not.toBeFocused();
    await page.keyboard.type(" up");
    await expect(field(page)).toHaveValue("Look up");
    await page.keyboard.press("Enter");
    await expect(replies(page).filter({ hasText: "Look up" })).toBeVisible();
    await expect(composer(page)).toHaveValue("");
  });

  await test.step("and to the room when the thread is closed", async () => {
    await panel(page).getByRole("button", { name: "Close thread" }).click();
    await expect(panel(page)).toHaveCount(0);
    await expect(composer(page)).toBeFocused();
  });
});
