import { defineConfig, devices } from "@playwright/test";

// scripts/test.mjs starts the built server, finds the browser and tells both here.
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2, // more are late on a slow machine for what a test expects
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  // What is timed has the machine to itself; everything else follows, two at a time.
  projects: [
    { name: "alone", testMatch: "**/latency.spec.ts", fullyParallel: false },
    { name: "together", testIgnore: "**/latency.spec.ts", dependencies: ["alone"] },
  ],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.E2E_BASE_URL,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Drawing each animation takes a tenth of the tests' CPU time.
    contextOptions: { reducedMotion: "reduce" },
    trace: "off",
    video: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.PLAYWRIGHT_CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
