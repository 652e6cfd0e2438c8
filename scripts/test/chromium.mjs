import { existsSync } from "node:fs";
import { start } from "./command.mjs";
import { install } from "./debian.mjs";

/** Chromium without windows. Needs a quarter less CPU time. */
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";
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

/** The path of a Chromium for the tests. Installs or downloads one if needed. If that fails, the error says what to install. */
export async function chromium(log) {
  const configured = process.env.PLAYWRIGHT_CHROMIUM;
  if (configured && !existsSync(configured))
    throw new Error(`PLAYWRIGHT_CHROMIUM names ${configured}, which does not exist.`);
  if (configured) return configured;
  if (existsSync(HEADLESS_SHELL)) return HEADLESS_SHELL;
  log("Installing chromium-headless-shell");
  await install("chromium-headless-shell", "fonts-noto-color-emoji");
  const found = await findInstalled();
  if (found) return found;
  log("No browser found. Downloading Chromium");
  await start("playwright", ["install", "chromium"]).ended;
  const downloaded = await findInstalled();
  if (downloaded) return downloaded;
  throw new Error(HELP);
}

async function findInstalled() {
  const playwrightsOwn = (await import("playwright")).chromium.executablePath();
  return [HEADLESS_SHELL, ...PLACES, playwrightsOwn].find((place) => existsSync(place));
}
