import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, log, message, roomPath, say, settled } from "./screen";
import { makeTeam } from "./team";

// When the test advances the clock, a connection that is just being made times out, as after the reload.
test.use({ expectedNoise: /WebSocket is closed before the connection is established/ });

/** From its next load on, the page's server reports another version. `pass` advances the page's clock. */
async function deploy(page: Page): Promise<{ pass(seconds: number): Promise<void> }> {
  let ping = async () => {};
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => {
      const isReady = typeof text === "string" && text.startsWith('42["ready"');
      socket.send(isReady ? text.replace(/"version":"[^"]*"/, '"version":"the next one"') : text);
    });
    let ponged = () => {};
    socket.onMessage((text) => {
      server.send(text);
      if (text === "3") ponged();
    });
    socket.onClose(() => {
      void server.close();
      ping = async () => {};
      ponged();
    });
    ping = () =>
      new Promise((resolve) => {
        ponged = resolve;
        socket.send("2");
      });
  });
  await page.clock.install();
  await page.reload();
  await settled(page);
  return {
    async pass(seconds) {
      // The server's heartbeat runs in real time, so without ours the connection would seem dead.
      for (let passed = 0; passed < seconds; passed += 10) {
        await ping();
        await page.clock.runFor(10_000);
      }
    },
  };
}

const banner = (page: Page) => page.getByRole("main").getByRole("status").filter({ hasText: "a new version" });

/** Simulates that the tab is hidden or shown. */
async function turn(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((next) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => next });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** Whether the page has not been reloaded since it was marked. */
const mark = (page: Page) => page.evaluate(() => void (document.body.dataset.marked = "yes"));
const isMarked = (page: Page) => page.evaluate(() => document.body.dataset.marked === "yes");

test("a new version is offered, and loads by itself when the page is hidden and nothing is unsent or open", async ({
  enter,
}) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: roomPath(room) });
  await say(page, "Before");
  await expect(message(page, "Before")).toBeVisible();
  const { pass } = await deploy(page);
  await expect(banner(page)).toBeVisible();
  await mark(page);
  await composer(page).fill("Half a sentence");

  // The page is visible.
  await pass(180);
  expect(await isMarked(page)).toBe(true);

  // The page is hidden, but a dialog is open.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await turn(page, "hidden");
  await pass(180);
  expect(await isMarked(page)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const loaded = page.waitForEvent("load");
  await pass(120);
  await loaded;
  await settled(page);
  expect(await isMarked(page)).toBe(false);
  await expect(message(page, "Before")).toBeVisible();
  await expect(composer(page)).toHaveValue("Half a sentence");

  // The reload got the old version again, as can happen while both run. It is offered once more, without a reload loop.
  await expect(banner(page)).toBeVisible();
  await mark(page);
  await turn(page, "hidden");
  await pass(300);
  expect(await isMarked(page)).toBe(true);
});

test.describe("without a network", () => {
  test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_/ });

  test("a page with an unsent message does not reload before it is sent", async ({ enter }) => {
    const { ada, bo, room } = await makeTeam();
    const [page, other] = [await enter(ada, { at: roomPath(room) }), await enter(bo, { at: roomPath(room) })];
    const { pass } = await deploy(page);
    await expect(banner(page)).toBeVisible();
    await mark(page);
    await expect(log(page)).toBeVisible();
    await page.context().setOffline(true);
    await say(page, "Waits");
    await expect(log(page).getByText("waiting", { exact: true })).toHaveCount(1);
    await turn(page, "hidden");
    await pass(180);
    expect(await isMarked(page)).toBe(true);
    // It may load as soon as the message is sent.
    const loaded = page.waitForEvent("load");
    await page.context().setOffline(false);
    await pass(30);
    await expect(message(other, "Waits")).toBeVisible();
    await pass(120);
    await loaded;
    await settled(page);
    await expect(message(page, "Waits")).toHaveCount(1);
  });
});
