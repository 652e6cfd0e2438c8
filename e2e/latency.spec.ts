import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, log, roomPath } from "./screen";
import { makeTeam } from "./team";

/** Notes when somebody next presses Enter in the composer, in ms since 1970. */
const notingEnter = (page: Page) =>
  composer(page).evaluateHandle((area) => {
    const noted = { at: 0 };
    area.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter") noted.at = performance.timeOrigin + event.timeStamp;
    });
    return noted;
  });

/** When this text has been drawn in the log, in ms since 1970. */
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

test("what one writes is read by the other within 200 ms", async ({ enter }) => {
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
  // What else the machine does can only add to it: the calmest series is the nearest to the truth.
  expect(Math.min(...medians)).toBeLessThan(200);
});
