import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import { expectInputMethodLeftAlone } from "./input-methods";
import { settled } from "./screen";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const allRules: axe.RunOnly = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const contrast: axe.RunOnly = { type: "rule", values: ["color-contrast"] };
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/**
 * Checks that the screen meets WCAG 2.2 AA, as far as a program can tell, wide and on a phone, in light and dark. Also checks
 * that the keys of an input method change nothing on the screen.
 */
export async function expectAccessible(page: Page, only: readonly (keyof typeof sizes)[] = ["wide", "phone"]) {
  const faults: string[] = [];
  await settled(page);
  await expectInputMethodLeftAlone(page);
  const before = page.viewportSize();
  // Themes differ in colours alone, the same at every size. So dark is only checked for contrast, at one size.
  const inLight = only.map((size) => ({ size, colorScheme: "light" as const, rules: allRules }));
  const inDark = only.slice(0, 1).map((size) => ({ size, colorScheme: "dark" as const, rules: contrast }));
  for (const { size, colorScheme, rules } of [...inDark, ...inLight]) {
    await page.setViewportSize(sizes[size]);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await atRest(page);
    const violations = await violationsIn(page, rules);
    faults.push(...violations.map((violation) => `${size}, ${colorScheme}, ${violation}`));
  }
  if (before) await page.setViewportSize(before);
  expect(faults).toEqual([]);
}

/** One line for each violated rule, with the first elements that violate it. Axe is loaded once per page. */
async function violationsIn(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const { violations } = await loaded.run(document, { runOnly: only, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => {
      const where = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`);
      return `${id} (${nodes.length}): ${where.join(" | ")}`;
    });
  }, runOnly);
}

/** Waits until all animations have ended. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map((each) => each.finished));
  });
}
