// npm run screenshots: saves the main screens of the demo, in two sizes and two themes, in screenshots/ (ignored by git).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { requireNode } from "./setup/node-version.mjs";

requireNode(20, 19);
const root = path.join(import.meta.dirname, "..");
process.chdir(root);
const { startDemoDatabase } = await import("./setup/demo-database.mjs");
const { openCheckout } = await import("./setup/checkout.mjs");
const { build } = await import("./setup/build.mjs");
const { freePortFor } = await import("./setup/ports.mjs");
const { exitWith } = await import("./setup/plain-error.mjs");

const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const folder = path.join(root, "screenshots");

/** The screens: a name, a path or a room, and optionally a key to press. */
const screens = [
  { name: "sign-in", path: "/sign-in", stranger: true },
  { name: "room", room: "Developer" },
  { name: "room-long-name", room: "incident-2026-11-17-queue-depth-in-shanghai-and-everything-after" },
  { name: "room-chinese", room: "上海办公室" },
  { name: "list", path: "/" },
  { name: "browse", path: "/browse" },
  { name: "members", room: "General", press: "Control+.", opens: "complementary" },
  { name: "switcher", room: "Developer", press: "Control+k", opens: "dialog" },
  { name: "help", room: "Developer", press: "Control+/", opens: "dialog" },
  { name: "settings-account", path: "/settings/account" },
  { name: "settings-people", path: "/settings/people" },
  { name: "settings-invites", path: "/settings/invites" },
];

async function main() {
  const nextDir = ".next";
  const serverFile = "dist/server.js";
  const checkout = openCheckout(root, "npm run screenshots", console.log);
  await checkout.change(async () => {
    await build(checkout, { nextDir, serverFile }, console.log);
    await checkout.use([nextDir, serverFile]);
  });
  const database = await startDemoDatabase();
  const port = String(await freePortFor("screenshots"));
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: "production",
    PORT: port,
    DATABASE_URL: database.url,
    AUTH_SECRET: "screenshots only, nothing to guard",
    PUBLIC_URL: url,
  };
  const server = spawn(process.execPath, [serverFile], {
    env: { ...env, LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  try {
    await once(server, "message");
    await shootAll(url, database.password);
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
    await database.stop();
  }
}

async function shootAll(url, password) {
  mkdirSync(folder, { recursive: true });
  const { chromium } = await import("playwright");
  const { chromium: find } = await import("./test/chromium.mjs");
  const browser = await chromium.launch({ executablePath: await find(console.log), args: flags });
  const signedIn = await signIn(browser, url, password);
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      const options = {
        viewport,
        colorScheme,
        baseURL: url,
        locale: "en-GB",
        deviceScaleFactor: 1,
        hasTouch: size === "phone",
        isMobile: size === "phone",
      };
      for (const screen of screens) {
        const context = await browser.newContext({
          ...options,
          ...(screen.stranger ? {} : { storageState: signedIn }),
        });
        await shoot(await context.newPage(), screen, `${screen.name}-${size}-${colorScheme}`);
        await context.close();
      }
    }
  }
  await browser.close();
}

async function signIn(browser, baseURL, password) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("mara@larkfield.example");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  return context.storageState();
}

async function shoot(page, { path: place, room, press, opens }, name) {
  await page.goto(place ?? (await addressOf(page, room)));
  await page.waitForLoadState("networkidle");
  if (room) await page.getByRole("log").waitFor();
  if (press) {
    await page.keyboard.press(press);
    await page.getByRole(opens).last().waitFor();
    await page.waitForLoadState("networkidle");
  }
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
  console.log(`screenshots/${name}.png`);
}

async function addressOf(page, room) {
  const { data } = await (await page.request.get(`/api/rooms?query=${encodeURIComponent(room)}`)).json();
  return `/rooms/${data.rooms[0].room.id}`;
}

await main().catch(exitWith);
