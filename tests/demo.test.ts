import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "./started";

const program = `
  import { startDemoDatabase } from "./scripts/setup/demo-database.mjs";
  const database = await startDemoDatabase({ messages: 200 });
  const { connect } = await import("./scripts/setup/database.mjs");
  const client = await connect(database.url);
  const { rows } = await client.query('SELECT (SELECT count(*)::int FROM "Person") AS people, (SELECT count(*)::int FROM "Message") AS messages');
  await client.end();
  await database.stop();
  console.log("found", JSON.stringify(rows[0]));
`;

it("The demo's database is filled with nothing but what npm run demo sets", { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, AUTH_SECRET: undefined, DATABASE_URL: undefined },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  await new Promise((resolve) => child.once("close", resolve));
  const [, found = "{}"] = /^found (.*)$/m.exec(output) ?? [];
  const { people, messages } = JSON.parse(found) as { people?: number; messages?: number };
  expect(people, output).toBeGreaterThan(20);
  expect(messages).toBeGreaterThanOrEqual(200);
});
