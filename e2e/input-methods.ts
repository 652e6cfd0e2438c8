import { isDeepStrictEqual } from "node:util";
import { expect, type Page } from "@playwright/test";

/** What is open on the page, what is chosen in it, and what its fields hold. */
const stateOf = (page: Page) =>
  page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const open = [...document.querySelectorAll("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]")];
    const chosen = document.querySelectorAll("[aria-selected=true], [aria-checked=true], [aria-pressed=true]");
    const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")];
    const { activeElement } = document;
    // A message that has the focus gets its toolbar when the code of that has arrived.
    const row = activeElement?.matches("[data-row]") ? activeElement.closest("[data-index]") : null;
    const focused = row?.getAttribute("data-index") ?? activeElement?.textContent?.slice(0, 40);
    return {
      address: location.href,
      open: open.map((each) => each.getAttribute("role")),
      chosen: [...chosen].map((each) => each.textContent),
      fields: fields.map(({ value, checked }) => `${value} ${checked}`),
      focused: `${activeElement?.tagName} ${activeElement?.id} ${focused}`,
    };
  });

/** The keys with which an input method is worked, as browsers tell of them, do nothing else on the page as it stands. */
export async function expectInputMethodLeftAlone(page: Page): Promise<void> {
  // Waits for what a press before it still changes, such as the text of a button.
  let before = await stateOf(page);
  await expect
    .poll(async () => {
      const earlier = before;
      before = await stateOf(page);
      return isDeepStrictEqual(earlier, before);
    })
    .toBe(true);
  await page.evaluate(() => {
    const target = document.activeElement ?? document.body;
    const told = { bubbles: true, cancelable: true };
    target.dispatchEvent(new CompositionEvent("compositionstart", told));
    for (const key of ["Enter", "Escape", "ArrowDown", "ArrowUp", "Tab", "Backspace", "k"]) {
      target.dispatchEvent(new KeyboardEvent("keydown", { ...told, key, code: key, isComposing: true }));
      // Safari tells of the last one after the composition, by the old code alone.
      target.dispatchEvent(new KeyboardEvent("keydown", { ...told, key, code: key, keyCode: 229 }));
    }
    target.dispatchEvent(new CompositionEvent("compositionend", told));
  });
  expect(await stateOf(page)).toEqual(before);
}
