import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, log, roomLink, roomList, roomPath } from "./screen";
import { addRooms, makeTeam } from "./team";

/** Records when Enter is next pressed in the composer, in ms since 1970. */
const notingEnter = (page: Page) =>
  composer(page).evaluateHandle((area) => {
    const noted = { at: 0 };
    area.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter") noted.at = performance.timeOrigin + event.timeStamp;
    });
    return noted;
  });

/** Resolves to when this text was drawn in the log, in ms since 1970. */
const drawn = (page: Page, text: string) =>
  log(page).evaluate(
    (element, wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (element.textContent?.includes(wanted)) resolve(performance.timeOrigin + performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    text,
  );

test("a message appears at the other person within 200 ms", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  const medians: number[] = [];
  for (let series = 1; series <= 3; series++) {
    const times: number[] = [];
    for (let round = 1; round <= 7; round++) {
      const [from, to] = round % 2 ? [a, b] : [b, a];
      const text = `The lamp turned ${round} times on day ${series}.`;
      await composer(from).fill(text);
      const noted = await notingEnter(from);
      const shown = drawn(to, text);
      await composer(from).press("Enter");
      const at = await shown;
      times.push(at - (await noted.evaluate((note) => note.at)));
    }
    medians.push(Math.round(times.toSorted((x, y) => x - y)[3] ?? NaN));
  }
  console.log(`From Enter to the other's screen: medians of three series ${medians.join(", ")} ms.`);
  // Other load on the machine can only add time, so the fastest series is the most exact.
  expect(Math.min(...medians)).toBeLessThan(200);
});

/** The time from pressing a key until the page has drawn the result, in ms. */
async function answerTo(page: Page, key: string, leadsTo: string): Promise<number> {
  const noted = await page.evaluateHandle((wanted) => {
    const answer = new Promise<number>((resolve) => {
      let pressedAt = 0;
      addEventListener("keydown", (event) => (pressedAt = event.timeStamp), { capture: true });
      const look = () => {
        const chosen = document.querySelector('[role="option"][aria-selected="true"]');
        if (pressedAt > 0 && chosen?.textContent?.includes(wanted)) resolve(performance.now() - pressedAt);
        else requestAnimationFrame(look);
      };
      look();
    });
    return { answer };
  }, leadsTo);
  await page.keyboard.press(key);
  return await noted.evaluate(({ answer }) => answer);
}

test("with a thousand rooms the switcher opens within 100 ms and responds to a key within 50 ms, and the list scrolls without a task of more than 50 ms", async ({
  enter,
}) => {
  const team = await makeTeam();
  const names = Array.from({ length: 1_000 }, (_, at) => `project-${at}-${["alpha", "beta"][at % 2]}`);
  await addRooms(team, names, team.ada);
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await expect(roomLink(page, "lighthouse")).toBeVisible();
  // The switcher's code is fetched when the page is idle, or at its first opening.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  const [opens, answers]: [number[], number[]] = [[], []];
  for (let round = 1; round <= 5; round++) {
    opens.push(await answerTo(page, "Control+k", "project-"));
    await page.keyboard.type("projcet 73", { delay: 20 });
    answers.push(await answerTo(page, "7", "project-737"));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  const shown = (times: number[]) => times.map(Math.round).join(", ");
  console.log(`The switcher opened in ${shown(opens)} ms and answered a key in ${shown(answers)} ms.`);
  expect(Math.min(...opens)).toBeLessThan(100);
  expect(Math.min(...answers)).toBeLessThan(50);

  const longest = await roomList(page).evaluate(async (nav) => {
    const list = [...nav.children].find((child) => child.scrollHeight > 10_000) as HTMLElement;
    /** Scrolls through the list. Returns the longest task of each step in ms; 0 for tasks under 50 ms, which are not reported. */
    async function scroll(): Promise<number[]> {
      const entries: PerformanceEntry[] = [];
      const starts: number[] = [];
      const observer = new PerformanceObserver((found) => entries.push(...found.getEntries()));
      observer.observe({ entryTypes: ["longtask"] });
      for (let at = 0; at < list.scrollHeight; at += 600) {
        starts.push(performance.now());
        list.scrollTop = at;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      }
      // A task is reported by a later one.
      await new Promise((done) => requestIdleCallback(done));
      entries.push(...observer.takeRecords());
      observer.disconnect();
      const longestIn = starts.map(() => 0);
      for (const { startTime, duration } of entries) {
        const step = Math.max(
          0,
          starts.findLastIndex((start) => start <= startTime + duration),
        );
        longestIn[step] = Math.max(longestIn[step] ?? 0, duration);
      }
      return longestIn;
    }
    // The machine does other things too. The best of some rounds is what a step costs.
    const rounds: number[][] = [];
    for (let round = 0; round < 4; round++) rounds.push(await scroll());
    return (rounds[0] ?? []).map((_, step) => Math.min(...rounds.map((round) => round[step] ?? 0)));
  });
  console.log(`steps of 600 px through 1,000 rooms: ${longest.length}, longest task in ms: ${Math.max(...longest)}`);
  expect(longest.length).toBeGreaterThan(30);
  expect(Math.max(...longest)).toBeLessThan(50);
});
