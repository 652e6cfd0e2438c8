// The code that is fetched after the page: menus, tooltips, the Markdown parser and the highlighter.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, log, message, roomPath, say, settled } from "./screen";
import { makeTeam } from "./team";

const code = "```ts\nconst answer = 42;\n```";
// A word of its own is a coloured word: plain code is one piece of text.
const coloured = (page: Page) => message(page, "answer").getByText("const", { exact: true });

test("menus, tooltips and the highlighter work from their first use", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: roomPath(room) });

  await test.step("the first key on a menu's button opens it at its first item, and Esc returns the focus", async () => {
    const button = page.getByRole("button", { name: "Theme" });
    await expect(button).toHaveAttribute("aria-haspopup", "menu");
    await button.press("Enter");
    await expect(page.getByRole("menuitemradio").first()).toBeFocused();
    await expect(button).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(button).toBeFocused();
  });

  await test.step("a tooltip appears on hover and on focus, can be hovered, and closes with Esc", async () => {
    const tooltip = page.getByRole("tooltip");
    await page.getByRole("button", { name: "Bold" }).hover();
    await expect(tooltip).toHaveText(/^Bold/);
    await tooltip.hover();
    await expect(tooltip).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(tooltip).toHaveCount(0);
    await composer(page).focus();
    await page.keyboard.press("Tab");
    await expect(tooltip).toHaveText(/^Bold/);
    await expect(page.getByRole("button", { name: "Bold" })).toHaveAccessibleDescription(/^Bold/);
    await page.keyboard.press("Tab");
    await expect(tooltip).toHaveText(/^Italic/);
  });

  await test.step("the highlighter is fetched once, with the first code, and runs in a worker", async () => {
    const workers: string[] = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    await say(page, "No code yet.");
    await expect(message(page, "No code yet.")).toBeVisible();
    expect(workers).toEqual([]);
    await say(page, code);
    await expect(coloured(page)).toBeVisible();
    expect(workers.map((url) => new URL(url).origin)).toEqual([new URL(page.url()).origin]);
    await say(page, code.replace("answer", "question"));
    await expect(message(page, "question").getByText("const", { exact: true })).toBeVisible();
    expect(workers).toHaveLength(1);
  });
});

test.describe("when the parser fails to load", () => {
  test.use({ expectedNoise: /ERR_FAILED/ });

  test("messages are shown as they were typed until it loads", async ({ enter }) => {
    const { ada, room } = await makeTeam();
    const page = await enter(ada, { at: roomPath(room) });
    await say(page, "This is **bold**.");
    await expect(message(page, "This is bold.")).toBeVisible();
    let broken = true;
    await page.route("**/_next/static/chunks/*.js", async (route) => {
      const response = await route.fetch();
      const isParser = (await response.text()).includes("saluting_face");
      if (isParser && broken) await route.abort();
      else await route.fulfill({ response });
    });
    await page.reload();
    await expect(message(page, "This is **bold**.")).toBeVisible();
    broken = false;
    await expect(log(page).getByRole("strong")).toHaveText("bold", { timeout: 30_000 });
  });
});

test.describe("when the code that stores unsent messages fails to load", () => {
  test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_/ });

  test("what an earlier page could not send is shown and sent once it loads", async ({ enter }) => {
    const { ada, bo, room } = await makeTeam();
    const [page, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
    let canSend = false;
    await page.routeWebSocket(/\/socket\.io\//, (socket) => void (canSend ? socket.connectToServer() : socket.close()));
    await page.route("**/api/rooms/*/messages", (route) =>
      canSend || route.request().method() === "GET" ? route.continue() : route.abort(),
    );
    await page.reload();
    await settled(page);
    await say(page, "Kept.");
    await expect(message(page, "Kept.")).toContainText("waiting");
    let refusals = 0;
    let broken = true;
    await page.route("**/_next/static/chunks/*.js", async (route) => {
      const response = await route.fetch();
      const isStorage = (await response.text()).includes(".createObjectStore(");
      if (!isStorage || !broken) return route.fulfill({ response });
      refusals++;
      await route.abort();
    });
    await page.reload();
    await expect.poll(() => refusals).toBeGreaterThan(1);
    await expect(message(page, "Kept.")).toHaveCount(0);
    broken = false;
    await expect(message(page, "Kept.")).toContainText("waiting");
    canSend = true;
    await expect(message(b, "Kept.")).toBeVisible({ timeout: 40_000 });
    await expect(message(page, "waiting")).toHaveCount(0);
  });
});

test.describe("when the highlighter fails to load", () => {
  test.use({ expectedNoise: /ERR_FAILED|Failed to load|importScripts|NetworkError/ });

  test("code is shown in one colour, and the page works", async ({ enter }) => {
    const { ada, room } = await makeTeam();
    const page = await enter(ada, { at: roomPath(room) });
    const refused: string[] = [];
    await page.route("**/turbopack-worker-*", async (route) => {
      refused.push(route.request().url());
      await route.abort();
    });
    await say(page, code);
    await expect(message(page, "answer").getByRole("code")).toHaveText("const answer = 42;");
    await expect.poll(() => refused.length).toBe(1);
    await say(page, "Going on.");
    await expect(message(page, "Going on.")).toBeVisible();
    await expect(coloured(page)).toHaveCount(0);
  });
});
