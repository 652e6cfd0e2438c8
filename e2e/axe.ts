import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { expectInputMethodLeftAlone } from "./input-methods";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/**
 * Everything on the screen keeps WCAG 2.2 AA as far as a program can tell: light and dark, wide and on a phone. The keys of
 * an input method, on which many people depend for writing at all, do nothing to it.
 */
export async function expectAccessible(page: Page, only: readonly (keyof typeof sizes)[] = ["wide", "phone"]) {
  const faults: string[] = [];
  await expectInputMethodLeftAlone(page);
  const before = page.viewportSize();
  for (const size of only) {
    await page.setViewportSize(sizes[size]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await atRest(page);
      const builder = new AxeBuilder({ page }).setLegacyMode();
      // Themes differ in colours alone, so that only these are looked at twice.
      const { violations } = await (colorScheme === "light"
        ? builder.withTags(rules)
        : builder.withRules(["color-contrast"])
      ).analyze();
      for (const { id, nodes } of violations) {
        const where = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`);
        faults.push(`${size}, ${colorScheme}, ${id} (${nodes.length}): ${where.join(" | ")}`);
      }
    }
  }
  if (before) await page.setViewportSize(before);
  expect(faults).toEqual([]);
}

/** What moves has arrived. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map((each) => each.finished));
  });
}
