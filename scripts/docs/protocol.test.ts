import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { serverEvents } from "@/lib/contract/events";
import { operations } from "@/lib/contract/index";
import { shapes } from "./shapes";

const file = path.resolve(import.meta.dirname, "../../docs/protocol.md");
const contract = path.resolve(import.meta.dirname, "../../lib/contract");
const marker = "<!-- What follows is written from the schemas by `npm run docs`. -->";

// `npm run docs` runs this test and writes what it expects.
it("docs/protocol.md has the shapes of the schemas", async () => {
  const [written, rest] = readFileSync(file, "utf8").split(marker);
  expect(rest, "the marker").toBeDefined();
  const modules = readdirSync(contract).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const exported: Record<string, unknown> = {};
  for (const name of modules) Object.assign(exported, await import(path.join(contract, name)));
  await expect(`${written}${marker}\n\n${shapes(exported, serverEvents, operations)}\n`).toMatchFileSnapshot(file);
});
