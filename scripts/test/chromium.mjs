import { existsSync } from "node:fs";
import { start } from "./command.mjs";
import { install } from "./debian.mjs";

/** Chromium without its window code. It takes a quarter less processor time. */
const SHELL = "/usr/bin/chromium-headless-shell";
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

/**
 * The path of a Chromium for the tests. Installs or downloads one if needed. If that fails, the error says what to
 * install.
 */
export async function chromium(log) {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named && !existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM names ${named}, which does not exist.`);
  if (named) return named;
  if (existsSync(SHELL)) return SHELL;
  log("Installing chromium-headless-shell");
  await install("chromium-headless-shell", "fonts-noto-color-emoji");
  const found = await installed();
  if (found) return found;
  log("No browser found. Downloading Chromium");
  await start("playwright", ["install", "chromium"]).ended;
  const downloaded = await installed();
  if (downloaded) return downloaded;
  throw new Error(HELP);
}

async function installed() {
  const own = (await import("playwright")).chromium.executablePath();
  return [SHELL, ...PLACES, own].find((place) => existsSync(place));
}
