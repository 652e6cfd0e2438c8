import { existsSync } from "node:fs";
import { start } from "./command.mjs";
import { install } from "./debian.mjs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const HELP =
  "No browser found. Install Chromium or Chrome (Debian: apt-get install chromium), or set PLAYWRIGHT_CHROMIUM to one.";

/** The path of a Chromium to test with; one is fetched when there is none. Throws a sentence that says what to install. */
export async function chromium(log) {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named && !existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM names ${named}, which does not exist.`);
  const found = named ?? (await installed());
  if (found) return found;
  log("No browser found. Downloading Chromium");
  await start("playwright", ["install", "chromium"]).ended;
  const fetched = await installed();
  if (fetched) return fetched;
  await install("chromium", "fonts-noto-color-emoji");
  const packaged = await installed();
  if (packaged) return packaged;
  throw new Error(HELP);
}

async function installed() {
  const own = (await import("playwright")).chromium.executablePath();
  return [...PLACES, own].find((place) => existsSync(place));
}
