import { createHash } from "node:crypto";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkBackup } from "../scripts/backup/read.mjs";
import { besides, command } from "./installation";

// A backup may come from somebody else. A malformed one is refused with a sentence, and nothing is changed.
const folder = fs.mkdtempSync(path.join(tmpdir(), "parley-malformed-"));
const url = besides(process.env.DATABASE_URL ?? "", path.basename(folder));
let lines: string[];
let header: Record<string, unknown>;

beforeAll(async () => {
  // An empty database has a section for every table, which is what matters here.
  const { migrate } = await import("../scripts/migrate.mjs");
  await migrate(url);
  const file = path.join(folder, "good.parley");
  const target = { dataDir: path.join(folder, "unused"), env: { DATABASE_URL: url, AUTH_SECRET: "s".repeat(40) } };
  expect(await command("backup", [file, "--with-secrets"], target)).toMatchObject({ code: 0, refusal: "" });
  lines = gunzipSync(fs.readFileSync(file)).toString().trimEnd().split("\n");
  header = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(content: string[] | Buffer): string {
  const file = path.join(folder, `${++files}.parley`);
  fs.writeFileSync(file, Array.isArray(content) ? gzipSync(content.map((line) => `${line}\n`).join("")) : content);
  return file;
}

const withHeader = (change: object) => [JSON.stringify({ ...header, ...change }), ...lines.slice(1)];
const restOf = (at: number) => lines.slice(at);
/** A section with its correct hash. */
function section(start: unknown, ...content: string[]): string[] {
  const sha256 = createHash("sha256")
    .update(content.map((line) => `${line}\n`).join(""))
    .digest("hex");
  return [JSON.stringify(start), ...content, JSON.stringify({ lines: content.length, sha256 })];
}
const withSection = (...added: string[]) => [lines[0] ?? "", ...added, ...restOf(1)];

test.each<[string, () => string[] | Buffer, RegExp]>([
  ["nothing in it", () => Buffer.alloc(0), /is not a backup|is damaged/],
  ["a header that is null", () => ["null", ...restOf(1)], /is not a backup/],
  ["a header that is a list", () => ["[]", ...restOf(1)], /is not a backup/],
  ["no list of migrations", () => withHeader({ migrations: null }), /is damaged/],
  ["a migration that is null", () => withHeader({ migrations: [null] }), /is damaged/],
  ["a migration without a name", () => withHeader({ migrations: [{}] }), /is damaged/],
  [
    "a migration named to steer a terminal",
    () => withHeader({ migrations: [{ name: "\u001b[2J", checksum: "" }] }),
    /is damaged/,
  ],
  [
    "a version that steers a terminal",
    () => withHeader({ format: 9, version: "\u001b]0;owned\u0007" }),
    /another version of Parley/,
  ],
  [
    "a version that is an object",
    () => withHeader({ format: 9, version: { toString: 1 } }),
    /another version of Parley/,
  ],
  ["a time that is none", () => withHeader({ createdAt: "\u001b[31mnow" }), /is damaged/],
  ["a secret that is a number", () => withHeader({ authSecret: 7 }), /invalid sign-in secret/],
  ["a secret that is null", () => withHeader({ authSecret: null }), /invalid sign-in secret/],
  ["a secret that is an object", () => withHeader({ authSecret: { length: 99 } }), /invalid sign-in secret/],
  ["a table that is an object", () => withSection(...section({ table: {}, columns: ["id"] })), /is damaged/],
  [
    "a table named to steer a terminal",
    () => withSection(...section({ table: "\u001b[2J", columns: ["id"] })),
    /is damaged/,
  ],
  ["columns that are no list", () => withSection(...section({ table: "Room", columns: "id" })), /is damaged/],
  ["a column that is an object", () => withSection(...section({ table: "Room", columns: [{}] })), /is damaged/],
  ["a section that is neither", () => withSection(...section({ neither: true })), /is damaged/],
  ["a line outside any section", () => withSection("[]"), /is damaged/],
  ["a row that is no JSON", () => withSection(...section({ table: "Room", columns: ["id"] }, "[")), /is damaged/],
  ["a row that is too short", () => withSection(...section({ table: "Room", columns: ["id"] }, "[]")), /is damaged/],
  [
    "a row with an object in it",
    () => withSection(...section({ table: "Room", columns: ["id"] }, "[{}]")),
    /is damaged/,
  ],
  ["a piece of a file that is a number", () => withSection(...section({ file: "a" }, "7")), /is damaged/],
  ["a piece of a file that is no base64", () => withSection(...section({ file: "a" }, '"%%"')), /is damaged/],
  ["a file named to steer a terminal", () => withSection(...section({ file: "\u001b[2J" })), /is damaged/],
  ["an end that is null", () => [...lines.slice(0, -1), "null"], /is damaged/],
  ["something after its end", () => [...lines, "[]"], /is damaged/],
  ["two backups in one", () => [...lines, ...lines], /is damaged/],
])("A backup with %s is refused in one printable sentence before anything is touched", async (_, make, sentence) => {
  const dataDir = path.join(folder, "untouched");
  const { code, refusal } = await command("restore", [write(make())], { dataDir });
  expect(refusal).toMatch(sentence);
  expect(refusal).toMatch(/^[\p{L}\p{P}\p{S}\p{N}\p{Zs}]+\n$/u);
  expect(code).toBe(1);
  expect(fs.existsSync(dataDir)).toBe(false);
});

test.each([
  ["empty", ""],
  ["too short", "s".repeat(31)],
  ["of two lines", `${"s".repeat(40)}\n${"s".repeat(40)}`],
  ["without an end", "s".repeat(100_000)],
])("A backup whose secret is %s is whole without it, because earlier versions took any", async (_, authSecret) => {
  const { header: read } = await checkBackup(write(withHeader({ authSecret })), new AbortController().signal);
  expect(read).toMatchObject({ isWithoutSecret: true });
  expect(read.authSecret).toBeUndefined();
});

// Faults that only the database or the file system can detect.
test.each<[string, () => string[]]>([
  ["a value that its column does not take", () => filled("Organization", { id: "none" })],
  ["a row that leaves out what must be there", () => filled("Organization", { name: null })],
  ["a sign that Postgres does not store", () => filled("Organization", { name: "\0" })],
  ["one table twice", () => [...lines.slice(0, -1), ...lines.slice(1, 3), lines.at(-1) ?? ""]],
  ["a table that there is not", () => withSection(...section({ table: "None", columns: ["id"] }))],
  ["one file twice", () => withSection(...section({ file: "a" }), ...section({ file: "a" }))],
  ["a file inside a file", () => withSection(...section({ file: "a" }), ...section({ file: "a/b" }))],
  ["a file whose name is too long", () => withSection(...section({ file: "a".repeat(300) }))],
])("A backup with %s restores nothing and says so in one sentence", async (_, make) => {
  const dataDir = path.join(folder, `data-${++files}`);
  const target = { dataDir, env: { DATABASE_URL: url } };
  const { code, refusal } = await command("restore", [write(make())], target);
  expect(refusal).toMatch(/^[\p{L}\p{P}\p{S}\p{N}\p{Zs}]+\n$/u);
  expect(code).toBe(1);
  expect(fs.readdirSync(dataDir)).toEqual([]);
});

function filled(table: string, row: Record<string, string | null>): string[] {
  const at = lines.findIndex((line) => line.startsWith(`{"table":"${table}"`));
  const start = JSON.parse(lines[at] ?? "") as { columns: string[] };
  const whole: Record<string, string | null> = { id: crypto.randomUUID(), name: "a", createdAt: "2026-01-01", ...row };
  const values = start.columns.map((column) => (column in whole ? whole[column] : crypto.randomUUID()));
  return [...lines.slice(0, at), ...section(start, JSON.stringify(values)), ...restOf(at + 2)];
}

/** "refused" if a sentence refused the file, "" if it is valid, otherwise the stack of the error. */
async function whyRefused(file: string): Promise<string> {
  try {
    await checkBackup(file, new AbortController().signal);
    return "";
  } catch (error) {
    return (error as Error).constructor.name === "PlainError" ? "refused" : String((error as Error).stack);
  }
}

test("A backup that is cut off at any line, or lacks any line, is refused", async () => {
  for (let at = 0; at < lines.length; at++) {
    expect(await whyRefused(write(lines.slice(0, at)))).toBe("refused");
    if (at === 0 || lines[at]?.startsWith('{"lines"')) {
      expect(await whyRefused(write(lines.toSpliced(at, 1)))).toBe("refused");
    }
  }
  expect(await whyRefused(write(lines))).toBe("");
});

test("A backup with any one byte changed is refused with a sentence or read completely", async () => {
  const packed = gzipSync(`${lines.join("\n")}\n`);
  const plain = Buffer.from(`${lines.join("\n")}\n`);
  for (let round = 0; round < 200; round++) {
    // Not random, so that a failure can be reproduced.
    const flip = (bytes: Buffer) => {
      const at = (round * 7919) % bytes.length;
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 + ((round * 31) % 255));
      return changed;
    };
    // Some bytes of gzip's header, such as its time, do not affect the content.
    expect(["refused", ""]).toContain(await whyRefused(write(flip(packed))));
    expect(["refused", ""]).toContain(await whyRefused(write(gzipSync(flip(plain)))));
  }
});
