import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { generateOperations, watchOperations } from "./operations.mjs";

// Each generation starts a bundler, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

// A copy of the real definitions and handlers. Each test adds files to it.
let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "parley-operations-"));
  for (const folder of ["lib/contract", "lib/domain"]) cpSync(folder, path.join(root, folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const define = (file: string, exported: string, name: string, http: string) =>
  write(
    file,
    `import { fields, Id, Nothing, operation } from "@/lib/contract/operation";
export const ${exported} = operation({
  name: "${name}", http: "${http}", repeat: "never", audit: null, summary: "Ping", input: fields({ roomId: Id }), output: Nothing,
});`,
  );
const handle = (file: string, exported: string) =>
  write(
    file,
    `import { ${exported} } from "@/lib/contract/ping";
import { handle } from "@/lib/server/handler";
export default handle(${exported}, { load: async () => ({}), allow: () => ({ ok: true }), run: async () => ({}) });`,
  );
const tables = ["contract/operations.ts", "contract/routes.ts", "contract/repeats.ts", "domain/handlers.ts"];
const generated = (table: string) => readFileSync(path.join(root, "lib/generated", table), "utf8");
describe("generated tables", () => {
  it("hold an operation that was defined and handled, and nothing else changes", async () => {
    await generateOperations(root);
    const before = tables.map(generated);
    define("lib/contract/ping.ts", "sendPing", "ping.send", "POST /api/rooms/{roomId}/pings");
    handle("lib/domain/ping/send.ts", "sendPing");
    await generateOperations(root);
    const added = tables.map((table, at) => {
      const lines = new Set(before[at]?.split("\n"));
      return generated(table)
        .split("\n")
        .filter((line) => !lines.has(line) && /ping/i.test(line));
    });
    expect(generated("contract/routes.ts")).not.toContain("import"); // browsers load this file, which must not import schemas
    expect(added).toEqual([
      ['import { sendPing } from "@/lib/contract/ping";', '  "ping.send": sendPing,'],
      ['  "ping.send": "POST /api/rooms/{roomId}/pings",'],
      ['  "ping.send": "never",'],
      ['import pingSend from "@/lib/domain/ping/send";', '  "ping.send": pingSend,'],
    ]);
    rmSync(path.join(root, "lib/contract/ping.ts"));
    rmSync(path.join(root, "lib/domain/ping"), { recursive: true });
    await generateOperations(root);
    expect(tables.map(generated)).toEqual(before);
  });

  it("are the same text for the same sources, and are written only when that changes", async () => {
    await generateOperations(root);
    const written = () =>
      tables.map((table) => statSync(path.join(root, "lib/generated", table), { bigint: true }).mtimeNs);
    const before = written();
    await generateOperations(root);
    write("lib/domain/room/show.ts", `${readFileSync("lib/domain/room/show.ts", "utf8")}\n// A word more.\n`);
    await generateOperations(root);
    expect(written()).toEqual(before);
    expect(tables.map(generated)).toEqual(
      tables.map((table) => readFileSync(path.join("lib/generated", table), "utf8")),
    );
  });
});

it("What does not fit together is refused in a sentence for each, and no table is written", async () => {
  define("lib/contract/ping.ts", "sendPing", "ping.send", "POST /api/pings"); // has no handler
  define("lib/contract/name.ts", "sendName", "room.show", "POST /api/names");
  define("lib/contract/route.ts", "sendRoute", "route.send", "POST /api/rooms/{roomId}/join");
  define("lib/contract/path.ts", "sendPath", "path.send", "POST /api/polls/{pollId}");
  for (const name of ["name", "route", "path"])
    handle(`lib/domain/${name}/send.ts`, `send${name[0]?.toUpperCase()}${name.slice(1)}`);
  handle("lib/domain/poll/send.ts", "sendPoll"); // has no definition
  cpSync(path.join(root, "lib/domain/room/list.ts"), path.join(root, "lib/domain/room/view.ts"));
  write("lib/domain/room/two.ts", 'import { handle } from "@/lib/server/handler";\nexport const two = handle;');
  const refusal = await generateOperations(root).catch((error: Error) => error.message);
  expect(refusal?.split("\n").toSorted()).toEqual([
    "The path of path.send names {pollId}, which its input does not require.",
    "lib/contract/name.ts and lib/contract/room.ts both define room.show.",
    "lib/contract/ping.ts defines ping.send, which no file of lib/domain handles.",
    "lib/domain/poll/send.ts handles sendPoll, which no file of lib/contract exports.",
    "lib/domain/room/list.ts and lib/domain/room/view.ts both handle listRooms.",
    "lib/domain/room/two.ts imports handle() without `export default handle(definition, { … })`.",
    "membership.join and route.send have the same route: POST /api/rooms/{roomId}/join.",
  ]);
  expect(existsSync(path.join(root, "lib/generated"))).toBe(false);
});

it("A definition that is added while the sources are watched is in the tables soon; what is wrong is said once", async () => {
  await generateOperations(root);
  const said: string[] = [];
  const stop = watchOperations(root, (text: string) => said.push(text));
  try {
    define("lib/contract/ping.ts", "sendPing", "ping.send", "POST /api/pings");
    await expect
      .poll(() => said, { timeout: 4_000 })
      .toEqual(["lib/contract/ping.ts defines ping.send, which no file of lib/domain handles."]);
    expect(generated("contract/routes.ts")).not.toContain("ping.send");
    handle("lib/domain/ping/send.ts", "sendPing");
    await expect.poll(() => generated("contract/routes.ts"), { timeout: 4_000 }).toContain("ping.send");
    expect(said).toHaveLength(1);
  } finally {
    stop();
  }
});
