// What a person at the screen notices, in Chromium.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium as programs } from "playwright";
import { firstLoad } from "../../scripts/check/first-load.mjs";
import { chromium } from "../../scripts/test/chromium.mjs";
import { median, quantile } from "../figures.mjs";
import { lighthouse } from "../lighthouse.mjs";
import { fillRooms, makeRooms } from "../parley/people.mjs";
import { memoryOf } from "../processor.mjs";
import { figure, notMeasured, shown, target } from "../targets.mjs";

const ROOMS = 50;
const PEOPLE = 20;
const MESSAGES = 300;
const CHATTER_EVERY_MS = 500;
const SENTENCE = "The lamp turned all night, and nobody came to the harbour before the morning. ";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const MB = 1_000_000;

export async function page({ systems, quick, log }) {
  const parley = await systems.Parley();
  const [url] = parley.urls;
  const organization = await parley.organization(PEOPLE);
  const [me, other] = organization.people;
  const roomIds = await makeRooms(
    parley.client,
    organization,
    Array.from({ length: ROOMS }, () => organization.people),
  );
  await fillRooms(parley.client, organization, roomIds, other, MESSAGES);
  const executablePath = await chromium(log);
  const browser = await programs.launch({ executablePath, args: FLAGS });
  const open = async () => {
    const context = await browser.newContext();
    const [name, value] = me.cookie.split("=");
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
    return context.newPage();
  };
  const rows = [scripts()];
  try {
    log("page: loading");
    const address = `${url}/o/${organization.handle}/rooms/${roomIds[0]}`;
    rows.push(await largestPaint(open, address, quick ? 3 : 7));
    log("page: Lighthouse");
    rows.push(await byLighthouse(address, me.cookie, executablePath));
    log("page: typing");
    rows.push(await typing(open, address, { url, roomId: roomIds[0], other }, quick ? 60 : 200));
    log("page: using it");
    rows.push(await memory(browser, open, address, roomIds, quick ? 10_000 : 45_000));
  } finally {
    await browser.close();
  }
  return { rows };
}

/** The scripts that the largest page of the chat loads before it reacts to input. */
function scripts() {
  const pages = firstLoad(process.env.NEXT_DIST_DIR).map(({ route, files }) => {
    return { route, bytes: files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) };
  });
  const largest = pages.toSorted((a, b) => b.bytes - a.bytes)[0];
  const detail = `${largest.route}, the largest of ${pages.length} pages`;
  return target("page: JavaScript of the first load, gzip", largest.bytes / 1_000, {
    atMost: 230,
    unit: " KB",
    detail,
  });
}

/** Cold loads: each in a new browser context, with an empty cache. */
async function largestPaint(open, address, times) {
  const took = [];
  for (let time = 0; time < times; time++) {
    const tab = await open();
    await tab.goto(address);
    await tab.getByRole("log").getByRole("article").first().waitFor();
    const paint = await tab.evaluate(
      () =>
        new Promise((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({
            type: "largest-contentful-paint",
            buffered: true,
          });
        }),
    );
    took.push(paint);
    await tab.context().close();
  }
  const detail = `median of ${times} cold loads over loopback`;
  return target("page: largest paint", median(took), { atMost: 1_200, unit: " ms", detail });
}

async function byLighthouse(address, cookie, browser) {
  const what = "page: score of Lighthouse, as a desktop with 10 Mbit/s and 40 ms";
  const { why, score, paintMs, blockedMs, shift } = await lighthouse(address, { cookie, browser });
  if (why) return notMeasured(what, why);
  const detail = `largest paint ${shown(paintMs)} ms, blocked ${shown(blockedMs)} ms, shift ${shown(shift)}`;
  return figure(what, `${Math.round(score * 100)} of 100`, detail);
}

/** The delay from a key press to the frame that shows it, while messages arrive in the room. */
async function typing(open, address, { url, roomId, other }, keys) {
  const tab = await open();
  await tab.goto(address);
  const composer = tab.getByRole("textbox", { name: /^Message / });
  await composer.waitFor();
  await tab.evaluate(() => {
    globalThis.keyDelays = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "keydown") globalThis.keyDelays.push(duration);
    }).observe({ type: "event", durationThreshold: 16 });
  });
  const chatter = setInterval(() => void say(url, other.cookie, roomId), CHATTER_EVERY_MS);
  await composer.pressSequentially(SENTENCE.repeat(9).slice(0, keys), { delay: 40 });
  clearInterval(chatter);
  const slow = await tab.evaluate(() => globalThis.keyDelays);
  await tab.context().close();
  // The browser reports only keys that took a frame or longer. The others were faster and count as 8 ms.
  const delays = [...slow, ...Array.from({ length: Math.max(0, keys - slow.length) }, () => 8)];
  const detail = `98 % of ${keys} keys, until drawn; median ${shown(median(delays))} ms`;
  return target("page: input delay", quantile(delays, 0.98), { atMost: 100, unit: " ms", detail });
}

async function say(url, cookie, roomId) {
  await fetch(`${url}/api/rooms/${roomId}/messages`, {
    method: "POST",
    headers: { cookie, origin: url, "content-type": "application/json" },
    body: JSON.stringify({ body: SENTENCE }),
  });
}

/** Two hours of use without the pauses: visits one room after another and sends a message in each. */
async function memory(browser, open, address, roomIds, ms) {
  const before = new Set(await renderers(browser));
  const tab = await open();
  await tab.goto(address);
  await tab.getByRole("log").getByRole("article").first().waitFor();
  // The browser also keeps an empty renderer ready: the tab's is the larger one.
  const newRenderers = (await renderers(browser)).filter((each) => !before.has(each));
  const pid = newRenderers.toSorted((a, b) => memoryOf(b) - memoryOf(a))[0];
  const devtools = await tab.context().newCDPSession(tab);
  const heldBytes = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    return memoryOf(pid) / MB;
  };
  const links = tab.getByRole("navigation", { name: "Rooms" }).getByRole("listitem").getByRole("link");
  const began = performance.now();
  let visits = 0;
  let half = 0;
  while (performance.now() - began < ms) {
    await links.nth(visits % ROOMS).click();
    await tab.getByRole("log").getByRole("article").first().waitFor();
    const composer = tab.getByRole("textbox", { name: /^Message / });
    await composer.fill(`${SENTENCE}${visits}`);
    await composer.press("Enter");
    visits++;
    if (!half && performance.now() - began > ms / 2) half = await heldBytes();
  }
  const after = await heldBytes();
  await tab.context().close();
  const detail = `${visits} visits and messages in ${Math.round(ms / 1_000)} s instead of 2 h; ${shown(half)} MB half-way`;
  return target(`page: memory of a tab after use, ${ROOMS} rooms`, after, { atMost: 250, unit: " MB", detail });
}

async function renderers(browser) {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}
