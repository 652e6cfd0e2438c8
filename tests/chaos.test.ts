import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";

const [seeds, seconds, processes] = [1, 30, 3];

test(`Whatever breaks in a random run of ${seconds} s with ${processes} processes, no promise does`, {
  timeout: 200_000,
}, async () => {
  const args = ["--seeds", seeds, "--seconds", seconds, "--processes", processes].map(String);
  const child = spawn(process.execPath, ["scripts/chaos.mjs", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill());
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  console.log(said);
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(said).toContain(`${seeds} seeds, 0 with violations`);
});
