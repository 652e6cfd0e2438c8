// Lighthouse, downloaded when needed: it is too large to be one of the installed packages.
import { spawn } from "node:child_process";

const VERSION = "12.8.2"; // the last that runs on Node 20
const WITHIN_MS = 120_000;
const FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking";

/**
 * Lighthouse's result for a page on a desktop with a slow connection: { score (0 to 1), paintMs, blockedMs, shift }, or
 * { why } with a sentence if it did not run.
 */
export async function lighthouse(address, { cookie, browser }) {
  const args = [address, "--preset=desktop", "--only-categories=performance", "--output=json", "--quiet"];
  args.push(`--extra-headers=${JSON.stringify({ cookie })}`, `--chrome-flags=${FLAGS}`);
  const child = spawn("npx", ["--yes", `lighthouse@${VERSION}`, ...args], {
    env: { ...process.env, CHROME_PATH: browser },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: WITHIN_MS,
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (text) => {
      output[name] += text;
    });
  }
  const code = await new Promise((resolve) => child.once("error", resolve).once("close", resolve));
  try {
    const { categories, audits } = JSON.parse(output.stdout);
    const value = (name) => audits[name].numericValue;
    return {
      score: categories.performance.score,
      paintMs: value("largest-contentful-paint"),
      blockedMs: value("total-blocking-time"),
      shift: value("cumulative-layout-shift"),
    };
  } catch {
    return { why: `Lighthouse ended with ${code}: ${output.stderr.trim().split("\n").at(-1)}` };
  }
}
