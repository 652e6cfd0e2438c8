import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boundaries } from "./boundaries.mjs";

// A small project in a temporary folder: one file per layer, with allowed imports. Each test adds a file with a forbidden import.
const ALLOWED: Record<string, string> = {
  "lib/contract/room.ts": 'import { z } from "zod"; export const Room = z.object({});',
  "lib/policy/room.ts":
    'import type { Room } from "@/lib/contract/room"; export const mayPost = (room: typeof Room) => room;',
  "lib/generated/client.ts": "export const db = 1;",
  "lib/server/once.ts": "export const once = 1;",
  "lib/server/db.ts":
    'import { once } from "./once"; import { db } from "@/lib/generated/client"; export default [once, db];',
  "lib/server/pool.ts": "export const pool = 1;",
  "lib/domain/room/log.ts": 'import { pool } from "@/lib/server/pool"; export default pool;',
  "lib/server/auth.ts": 'import { headers } from "next/headers"; export { headers };',
  "lib/domain/room/send.ts":
    'import db from "@/lib/server/db"; import { mayPost } from "@/lib/policy/room"; export default [db, mayPost];',
  "lib/client/call.ts": 'import { mayPost } from "@/lib/policy/room"; export const call = mayPost;',
  "components/room.tsx": 'import { call } from "@/lib/client/call"; export const Room = () => <p>{String(call)}</p>;',
  "app/page.tsx":
    'import send from "@/lib/domain/room/send"; import { Room } from "@/components/room"; export default [send, Room];',
  "server.ts": 'import "@/lib/domain/room/send"; import "@/lib/server/auth"; import "node:http";',
  "lib/domain/room/send.db.test.ts": 'import "@/tests/harness"; import "@/app/page";',
  "tests/harness.ts": 'import "@/lib/generated/client"; import "@/lib/domain/room/send"; import "@/components/room";',
};

const REFUSED: Record<string, [file: string, text: string, refusal: string]> = {
  "contract imports a policy": ["lib/contract/a.ts", 'import "@/lib/policy/room";', "contract-imports"],
  "contract imports Node": ["lib/contract/b.ts", 'import "node:fs";', "browser-without-node"],
  "contract imports a package of its own choosing": ["lib/contract/c.ts", 'import "clsx";', "contract-packages"],
  "policy imports the server": ["lib/policy/a.ts", 'import "@/lib/server/db";', "policy-imports"],
  "policy imports a type of the server": [
    "lib/policy/b.ts",
    'import type db from "@/lib/server/db"; export type A = typeof db;',
    "policy-imports",
  ],
  "server imports a handler": ["lib/server/a.ts", 'import "@/lib/domain/room/send";', "server-imports"],
  "server imports Next": ["lib/server/b.ts", 'import "next/headers";', "server-without-next"],
  "domain imports the client": ["lib/domain/a.ts", 'import "../client/call";', "domain-imports"],
  "client imports the server": ["lib/client/a.ts", 'export { once } from "@/lib/server/once";', "client-imports"],
  "client imports generated types": [
    "lib/client/b.ts",
    'import type { db } from "@/lib/generated/client"; export type A = typeof db;',
    "generated-stays-below",
  ],
  "client imports a server package": ["lib/client/c.ts", 'import "pg";', "browser-without-database"],
  "a component imports a handler": [
    "components/a.tsx",
    'const a = import("@/lib/domain/room/send"); export default a;',
    "components-imports",
  ],
  "a page imports generated types": ["app/a.ts", 'import "@/lib/generated/client";', "app-imports"],
  "a page imports a test's harness": ["app/b.ts", 'import "@/tests/harness";', "product-without-tools"],
  "the server imports a page": ["lib/server/c.ts", 'import "@/app/page";', "nobody-imports-app"],
  "the second client imports the product": [
    "tests/protocol/a.ts",
    'import "@/lib/contract/index";',
    "second-client-alone",
  ],
  "a script imports a page": ["scripts/a.ts", 'import "../app/page";', "nobody-imports-app"],
  "a handler takes the connections past Prisma": [
    "lib/domain/b.ts",
    'import { pool } from "@/lib/server/pool"; export default pool;',
    "statements-past-prisma",
  ],
  "a folder's name says nothing": ["lib/server/utils/x.ts", 'import "../once";', "nameless"],
  "a file's name says nothing": ["components/helpers.tsx", 'import "./room";', "nameless"],
  "a file of a folder whose name says nothing is imported": [
    "tests/a.test.ts",
    'import "./common/x";',
    "nameless-import",
  ],
  "two files import each other": ["lib/policy/c.ts", 'import "./d";', "no-cycles"],
  "an import leads nowhere": ["lib/policy/e.ts", 'import "./nowhere";', "resolves"],
  "a folder is not on the map": ["hooks/a.ts", "export {};", "is in no group"],
  "a layer is not on the map": ["lib/hooks/a.ts", "export {};", "is in no group"],
};
const EXTRA = { "lib/policy/d.ts": 'import "./c";', "tests/common/x.ts": "export {};" };

let root: string;
let refusals: string[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "parley-boundaries-"));
  const files = {
    ...ALLOWED,
    ...EXTRA,
    ...Object.fromEntries(Object.values(REFUSED).map(([file, text]) => [file, text])),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  ({ refusals } = await boundaries(root, Object.keys(files), Object.keys(files).length));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(Object.entries(REFUSED))("%s, and is refused", (_, [file, , refusal]) => {
  expect(refusals.filter((each) => each.startsWith(`${file} `) && each.includes(refusal))).toHaveLength(1);
});

test("the arrows of the map are allowed", () => {
  expect(refusals.filter((refusal) => Object.keys(ALLOWED).some((file) => refusal.startsWith(`${file} `)))).toEqual([]);
});

test("reading too little is a refusal, not silence", async () => {
  const nothing = await boundaries(root, ["lib/contract/room.ts"], 10);
  expect(nothing.refusals).toEqual([expect.stringContaining("the check itself is broken")]);
});
