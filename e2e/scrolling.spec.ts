// Scrolling through a room's log: every step moves what is visible by exactly its distance, also where pages begin.
import type { Page } from "@playwright/test";
import { expect, phone, test } from "./fixtures";
import { count, countPages, makeLongRoom, row } from "./long-room";
import { composer, log, roomPath } from "./screen";

/** The positions of the rendered messages on the screen, by their text up to its number. */
type Tops = Record<string, number>;

/** Waits until nothing has moved for ten frames and returns the positions of the messages. */
function still(page: Page): Promise<Tops> {
  return log(page).evaluate(
    (element) =>
      new Promise<Tops>((resolve) => {
        let [previous, calm] = ["", 0];
        const look = () => {
          const articles = [...element.getElementsByTagName("article")];
          const tops = articles.map((it) => it.getBoundingClientRect().top);
          const now = tops.join();
          calm = now === previous ? calm + 1 : 0;
          previous = now;
          if (calm < 10) return void requestAnimationFrame(look);
          const texts = articles.map((it) => /Message \d+/.exec(it.textContent ?? "")?.[0] ?? it.textContent);
          resolve(Object.fromEntries(texts.map((text, at) => [text, tops[at] ?? 0])));
        };
        look();
      }),
  );
}

/** The least and the most that a message moved which was rendered before and after. */
function moves(before: Tops, after: Tops): [number, number] {
  const all = Object.keys(before).flatMap((text) => (text in after ? [(after[text] ?? 0) - (before[text] ?? 0)] : []));
  expect(all.length, "some messages are rendered before and after").toBeGreaterThan(0);
  return [Math.min(...all), Math.max(...all)];
}

/**
 * Repeats a step until enough pages of the log have arrived. A step is given the positions that the one before it ended with,
 * and returns the positions before and after. Returns those steps that did not move all messages by the same distance, `within`
 * px of `distance`.
 */
async function wrongSteps(
  { page, pages }: { page: Page; pages: () => number },
  distance: number,
  step: (last: Tops) => Promise<[Tops, Tops]>,
  within = 1,
) {
  const wrong: string[] = [];
  let steps = 0;
  let last = await still(page);
  while (pages() < 5) {
    const [before, after] = await step(last);
    const [least, most] = moves(before, after);
    last = after;
    if (Math.abs(least - distance) > within || most - least > 1) wrong.push(`${steps}: ${least} to ${most} px`);
    steps++;
    expect(steps, "pages keep coming in").toBeLessThan(250);
  }
  console.log(`${steps} steps of ${distance} px over ${pages()} pages`);
  return wrong;
}

test("every notch of the wheel moves the log by its distance, also where pages begin", async ({ enter }) => {
  const { ada, room } = await makeLongRoom();
  const page = await enter(ada, { at: "about:blank" });
  const { arrived } = await countPages(page, roomPath(room));
  await expect(row(page, count)).toBeInViewport();
  await log(page).hover();
  const notch = async (last: Tops): Promise<[Tops, Tops]> => {
    await page.mouse.wheel(0, -120);
    return [last, await still(page)];
  };
  expect(await wrongSteps({ page, pages: arrived }, 120, notch)).toEqual([]);
});

test("no notch is lost when notches follow each other without a pause", async ({ enter }) => {
  const { ada, room } = await makeLongRoom();
  const page = await enter(ada, { at: "about:blank" });
  const { arrived } = await countPages(page, roomPath(room));
  await expect(row(page, count)).toBeInViewport();
  await log(page).hover();
  await still(page);
  // Adds up how far the messages move from frame to frame.
  const moved = await log(page).evaluateHandle((element) => {
    const sum = { distance: 0, furthestApart: 0 };
    let before = new Map<Element, number>();
    const look = () => {
      const articles = [...element.getElementsByTagName("article")].filter((article) => article.isConnected);
      const tops = new Map<Element, number>(articles.map((it) => [it, it.getBoundingClientRect().top]));
      const visible = articles.filter((it) => (tops.get(it) ?? 0) > 0 && (tops.get(it) ?? 0) < innerHeight);
      const steps = visible.flatMap((it) => (before.has(it) ? [(tops.get(it) ?? 0) - (before.get(it) ?? 0)] : []));
      if (steps.length > 0) {
        sum.distance += Math.max(...steps);
        sum.furthestApart = Math.max(sum.furthestApart, Math.max(...steps) - Math.min(...steps));
      }
      before = tops;
      requestAnimationFrame(look);
    };
    look();
    return sum;
  });
  const pages = arrived();
  for (let notch = 0; notch < 100; notch++) await page.mouse.wheel(0, -120);
  await still(page);
  const { distance, furthestApart } = await moved.jsonValue();
  expect(arrived()).toBeGreaterThanOrEqual(pages + 4);
  expect(Math.abs(distance - 100 * 120)).toBeLessThanOrEqual(2);
  expect(furthestApart, "nothing visible moves against the rest").toBeLessThanOrEqual(1);
});

test("the page keys in the composer move the log by nine tenths of its height, also where pages begin", async ({
  enter,
}) => {
  const { ada, room } = await makeLongRoom();
  const page = await enter(ada, { at: "about:blank" });
  const { arrived } = await countPages(page, roomPath(room));
  await expect(row(page, count)).toBeInViewport();
  await composer(page).focus();
  const distance = await log(page).evaluate((element) => (element.clientHeight - 56) * 0.9);
  const press = async (last: Tops): Promise<[Tops, Tops]> => {
    await page.keyboard.press("PageUp");
    return [last, await still(page)];
  };
  expect(await wrongSteps({ page, pages: arrived }, distance, press)).toEqual([]);
});

test("a finger on a phone moves the log with it, also where pages begin", async ({ enter }) => {
  const { ada, room } = await makeLongRoom();
  const page = await enter(ada, { at: "about:blank", ...phone });
  const { arrived } = await countPages(page, roomPath(room));
  await expect(row(page, count)).toBeInViewport();
  const finger = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: y === undefined ? [] : [{ x: 200, y }] });
  async function moveTo(y: number, from: number): Promise<void> {
    for (let at = from; at <= y; at += 50) await touch("touchMove", at);
  }
  /** The browser swallows the first pixels. The finger holds still before it lets go, so that the log does not coast. */
  async function drag(): Promise<[Tops, Tops]> {
    await touch("touchStart", 200);
    await moveTo(250, 250);
    const before = await still(page);
    await moveTo(750, 300);
    const after = await still(page);
    await touch("touchEnd");
    return [before, after];
  }
  // The browser predicts where the finger goes: in the same drags, a plain element scrolls by 450 to 525 px.
  expect(await wrongSteps({ page, pages: arrived }, 500, drag, 100)).toEqual([]);
});

test("nothing visible moves when a message above it grows", async ({ enter }) => {
  const { ada, room } = await makeLongRoom();
  const page = await enter(ada, { at: roomPath(room) });
  await expect(row(page, count)).toBeInViewport();
  await log(page).hover();
  await page.mouse.wheel(0, -1_500);
  const before = await still(page);
  const grown = await log(page).evaluate((element) => {
    const above = [...element.getElementsByTagName("article")].filter((it) => it.getBoundingClientRect().bottom < 0);
    const last = above.at(-1);
    if (last) last.style.paddingBottom = "300px";
    return /Message \d+/.exec(last?.textContent ?? "")?.[0] ?? "";
  });
  const after = await still(page);
  expect((before[grown] ?? 0) - (after[grown] ?? 0), "it grew upwards").toBeGreaterThan(250);
  const visible = Object.keys(before).filter((text) => (before[text] ?? 0) > 0);
  expect(visible.length).toBeGreaterThan(5);
  expect(visible.filter((text) => before[text] !== after[text])).toEqual([]);
});
