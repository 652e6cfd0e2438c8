// Keyboards for other scripts, and input methods, whose keys the page must ignore.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, message, roomPath } from "./screen";
import { makeTeam } from "./team";

/** Dispatches a keydown at the focused element. */
const press = (page: Page, key: object) =>
  page.evaluate((given) => {
    const init = { bubbles: true, cancelable: true, ...given };
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", init));
  }, key);

test("keys and text of every script do what they say", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: roomPath(room) });
  const jump = page.getByRole("dialog", { name: "Jump to" });

  await test.step("shortcuts work on a keyboard for another script", async () => {
    await expect(composer(page)).toBeVisible();
    for (const key of ["л", "κ", "ל", "ن", "ㅏ"]) {
      await press(page, { key, code: "KeyK", ctrlKey: true });
      await expect(jump).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(jump).toBeHidden();
    }
    // A German keyboard has the slash on Shift+7.
    await press(page, { key: "/", code: "Digit7", ctrlKey: true, shiftKey: true });
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  });

  await test.step("keys of an input method neither close a dialog nor choose an item", async () => {
    const ofInputMethod = async () => {
      for (const key of ["Enter", "Escape", "ArrowDown"]) {
        await press(page, { key, code: key, isComposing: true });
        await press(page, { key, code: key, keyCode: 229 });
      }
    };
    await composer(page).fill("上海");
    await ofInputMethod();
    await expect(composer(page)).toHaveValue("上海");
    await page.keyboard.press("Control+k");
    await jump.getByRole("combobox").fill("New");
    await ofInputMethod();
    await expect(jump).toBeVisible();
    // The same keys without an input method work as usual.
    await page.keyboard.press("Enter");
    const create = page.getByRole("dialog", { name: "New room" });
    await expect(create).toBeVisible();
    await ofInputMethod();
    await expect(create).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(create).toBeHidden();
  });

  await test.step("numbers, indentation, paths and an answer below a quote are shown as they were typed", async () => {
    const send = async (body: string) => {
      await composer(page).fill(body);
      await page.keyboard.press("Enter");
    };
    await send("7. seven\n5. five");
    await expect(message(page, "seven")).toContainText("7.");
    await expect(message(page, "seven")).toContainText("5.");
    await send(String.raw`\\fileserver\share\[team]\_old`);
    await expect(message(page, "fileserver")).toContainText(String.raw`\\fileserver\share\[team]\_old`);
    await send("> Can you come?\nYes, I can.");
    await expect(message(page, "Yes, I can.").getByRole("blockquote")).toHaveText("Can you come?");
    await send("    four   spaces");
    await expect(message(page, "four").getByText("four", { exact: false }).last()).toHaveJSProperty(
      "innerText",
      "    four   spaces",
    );
  });
});
