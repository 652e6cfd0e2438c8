// What fingers do, and what they need.
import { expect, type Locator, type Page } from "@playwright/test";

/** The smallest side of what a finger can hit, in px. */
const touchSize = 44;

/** Each of these controls is a touch target of at least 44 px in both directions. */
export async function expectForThumbs(...controls: Locator[]): Promise<void> {
  for (const control of controls) {
    await expect(control).toBeVisible();
    const box = await control.boundingBox();
    const size = `${await control.getAttribute("aria-label")} ${box?.width} x ${box?.height}`;
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), size).toBeGreaterThanOrEqual(touchSize);
  }
}

/** A finger also hits this control beside it, to the size that it needs. */
export async function expectHitAround(control: Locator): Promise<void> {
  const hits = () =>
    control.evaluate((button, size) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const [x, y, most] = [left + width / 2, top + height / 2, size / 2 - 1];
      const places = [-most, most].flatMap((by) => [
        document.elementFromPoint(x + by, y),
        document.elementFromPoint(x, y + by),
      ]);
      return places.map((place) => place?.closest("button") === button);
    }, touchSize);
  // A dialog that has just closed covers the page for a moment.
  await expect.poll(hits).toEqual([true, true, true, true]);
}

/** Holds a finger on something until `shown` is there. */
export async function hold(page: Page, target: Locator, shown: Locator): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  await target.tap({ trial: true }); // waits until it no longer moves
  const box = await target.boundingBox();
  if (!box) throw new Error("There is nothing to hold.");
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await expect(shown).toBeVisible();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await touch.detach();
}
