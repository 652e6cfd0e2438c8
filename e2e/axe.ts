import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import { expectInputMethodLeftAlone } from "./input-methods";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const allRules: axe.RunOnly = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const contrast: axe.RunOnly = { type: "rule", values: ["color-contrast"] };
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** In an order in which each differs in one thing from the one before. */
const looks = [
  { size: "wide", colorScheme: "light" },
  { size: "wide", colorScheme: "dark" },
  { size: "phone", colorScheme: "dark" },
  { size: "phone", colorScheme: "light" },
] as const;

/**
 * Checks that the screen meets WCAG 2.2 AA, as far as a program can tell, in light and dark, wide and on a phone. Also checks
 * that the keys of an input method change nothing on the screen.
 */
export async function expectAccessible(page: Page, only: readonly (keyof typeof sizes)[] = ["wide", "phone"]) {
  const faults: string[] = [];
  await expectInputMethodLeftAlone(page);
  const before = page.viewportSize();
  for (const { size, colorScheme } of looks) {
    if (!only.includes(size)) continue;
    await page.setViewportSize(sizes[size]);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await atRest(page);
    // Themes differ in colours alone, so the second theme is only checked for contrast.
    const violations = await violationsIn(page, colorScheme === "light" ? allRules : contrast);
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
