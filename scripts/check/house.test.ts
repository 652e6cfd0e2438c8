import { describe, expect, test } from "vitest";
import { check } from "./house.mjs";

/** The violations in one file, as "line: message". */
const said = (path: string, text: string) => check(path, text).map((refusal) => `${refusal.line}: ${refusal.say}`);

describe("module state is refused", () => {
  test.each([
    ["a let", "let count = 0;"],
    ["an exported let", "export let count = 0;"],
    ["a var", "var count = 0;"],
    ["a Map", "const rooms = new Map<string, Room>();"],
    ["an exported Set", "export const online = new Set<string>();"],
    ["a WeakMap behind a cast", "const seen = new WeakMap() as WeakMap<object, number>;"],
    ["an emitter", "const bus = new EventEmitter();"],
    ["an emitter of a namespace", "const bus = new events.EventEmitter();"],
    ["a database client", "export const db = new PrismaClient({ adapter });"],
    ["an array that grows", "const waiting: string[] = [];\nexport const add = (id: string) => waiting.push(id);"],
    [
      "an object written to",
      "const cache: Record<string, number> = {};\nexport function put(id: string) { cache[id] = 1; }",
    ],
    [
      "an object emptied",
      "const cache: Record<string, number> = {};\nexport function drop(id: string) { delete cache[id]; }",
    ],
    ["an object counted in", "const total = { sent: 0 };\nexport const count = () => { total.sent++; };"],
    [
      "an object assigned into",
      "const options = {};\nexport const set = (more: object) => Object.assign(options, more);",
    ],
    ["a static Map", "export class Rooms { static all = new Map<string, Room>(); }"],
    [
      "a store outside the stores",
      'import { create } from "zustand";\nexport const useRooms = create<Rooms>()(() => ({}));',
    ],
    ["globalThis", "export const remember = (x: number) => { (globalThis as { x?: number }).x = x; };"],
  ])("%s", (_, text) => {
    for (const path of ["lib/server/x.ts", "components/x.tsx", "app/x.ts", "lib/client/x.ts"]) {
      expect(said(path, text)).toEqual([expect.stringMatching(/^[12]: .*(once|lib\/client\/stores)/)]);
    }
  });

  test.each([
    ["once", 'const rooms = once("rooms", () => new Map<string, Room>());'],
    ["a table", 'export const CODES = ["a", "b"] as const;'],
    ["a readonly Set", 'export const CODES: ReadonlySet<string> = new Set(["a"]);'],
    ["a regular expression", 'export const WORD = new RegExp("a");'],
    ["a schema", "export const Room = z.object({ id: z.uuid() });"],
    ["a local Map", "export function count() { const seen = new Map(); let n = 0; seen.set(n, n++); return seen; }"],
    [
      "a local with a table's name",
      "const rows = [1];\nexport function f() { const rows: number[] = []; rows.push(1); return rows; }\nexport default rows;",
    ],
    ["an instance's Map", "export class Room { members = new Map(); }"],
    ["another library's create", 'import { create } from "./make";\nexport const thing = create();'],
  ])("but not %s", (_, text) => {
    expect(said("lib/server/x.ts", text)).toEqual([]);
  });

  test("but a store may be made in the stores, or in a function, and once.ts may write to globalThis", () => {
    const store = 'import { create } from "zustand";\nexport const useRooms = create(() => ({}));';
    expect(said("lib/client/stores/rooms.ts", store)).toEqual([]);
    expect(said("lib/client/x.ts", store.replace("create(() => ({}))", "() => create(() => ({}))"))).toEqual([]);
    expect(said("lib/server/once.ts", "globalThis.x = 1;")).toEqual([]);
  });
});

describe("listening on sockets is refused", () => {
  test.each([
    'socket.on("a", f)',
    "this.socket.once(a, f)",
    "io.on(a, f)",
    "getSocket().on(a, f)",
    "clientSocket?.on(a, f)",
  ])("%s", (text) => {
    expect(said("lib/server/presence.ts", text)).toEqual([expect.stringContaining("1: Listening on a socket")]);
  });

  test("but not in the two files that do it, on a process, or in a test", () => {
    expect(said("lib/server/socket.ts", "socket.on(a, f)")).toEqual([]);
    expect(said("lib/client/socket.ts", "socket.on(a, f)")).toEqual([]);
    expect(said("lib/server/http.ts", 'socket.on("error", f)')).toEqual([]);
    expect(said("server.ts", 'process.on("SIGTERM", stop)')).toEqual([]);
    expect(said("tests/sync.test.ts", "socket.on(a, f)")).toEqual([]);
  });
});

test("a stylesheet has at most 300 lines", () => {
  expect(said("app/globals.css", "\n".repeat(300))).toEqual([]);
  expect(said("app/globals.css", "\n".repeat(301))).toEqual([expect.stringMatching(/^301: 301 lines/)]);
});

describe("sleeping tests are refused", () => {
  test.each(["await sleep(5)", "await new Promise((resolve) => setTimeout(resolve, 5))", "await setTimeout(5)"])(
    "%s",
    (text) => {
      expect(said("e2e/chat.spec.ts", text)).toEqual([expect.stringMatching(/sleep/)]);
    },
  );

  test("but a harness may wait between two looks, and a timer may be tested", () => {
    expect(said("tests/harness/until.ts", "await new Promise((resolve) => setTimeout(resolve, 5))")).toEqual([]);
    expect(said("lib/server/x.test.ts", "setTimeout(() => stop(), 5)")).toEqual([]);
  });
});

describe("a clock of one's own is refused where something is drawn", () => {
  test.each([
    ["components/x.tsx", "const a = () => Date.now();"],
    ["components/x.ts", "const f = (at: Date, now = new Date()) => at < now;"],
    ["app/(chat)/page.tsx", "const a = () => new Date().getFullYear();"],
    ["lib/client/hooks/use-x.ts", "const a = () => globalThis.Date.now();"],
    ["components/x.ts", "const f = () => new Intl.DateTimeFormat();"],
    ["components/x.ts", 'const f = () => new Intl.RelativeTimeFormat("en");'],
  ])("%s %s", (path, text) => {
    expect(said(path, text)).toEqual([expect.stringMatching(/useNow|date-formats/)]);
  });

  test.each([
    ["components/x.tsx", "const a = (at: string) => new Date(at);"],
    ["components/x.ts", "const f = () => new Intl.Collator();"],
    ["components/x.test.ts", "const a = () => new Date();"],
    ["lib/client/now.ts", "const a = () => Date.now();"],
  ])("but not %s %s", (path, text) => {
    expect(said(path, text)).toEqual([]);
  });
});

describe("a duration measured by a clock that can be set is refused", () => {
  test.each(["const at = Date.now();", "const start = (now = Date.now) => now();", "const a = globalThis.Date.now();"])(
    "%s",
    (text) => {
      for (const path of ["lib/client/x.ts", "lib/server/x.ts", "server.ts"])
        expect(said(path, text)).toEqual([expect.stringContaining("performance.now")]);
      for (const path of ["lib/client/x.test.ts", "lib/client/new-id.ts", "lib/server/actor.ts", "lib/domain/x.ts"])
        expect(said(path, text)).toEqual([]);
    },
  );
});

describe("colours outside the palette are refused", () => {
  test.each([
    ["components/x.css", "a { color: #fff; }"],
    ["components/x.css", "a { color: rgb(1 2 3); }"],
    ["components/x.tsx", 'const a = <p style={{ color: "#1a2b3c" }} />'],
    ["components/x.tsx", 'const a = <p className="bg-[#fff]" />'],
    ["components/x.tsx", "const a = `border: 1px solid oklch(0.5 0 0)`"],
    ["lib/client/x.ts", 'export const accent = "hsl(1 2% 3%)";'],
  ])("%s %s", (path, text) => {
    expect(said(path, text)).toEqual([expect.stringMatching(/^1: The colour/)]);
  });

  test.each([
    ["app/globals.css", "a { color: #fff; }"],
    ["components/x.css", "a { color: var(--ink); }"],
    ["components/x.tsx", 'const a = <a href="#face">#general</a>'],
    ["components/x.tsx", 'const a = "&#8217; /x#123456"'],
  ])("but not %s %s", (path, text) => {
    expect(said(path, text)).toEqual([]);
  });
});

describe("a key compared outside of keys.ts is refused", () => {
  test.each([
    'const press = (event: KeyboardEvent) => event.key === "Escape";',
    'const press = (e: KeyboardEvent) => e.code.startsWith("Key");',
    'function press({ key }: KeyboardEvent) { return key === "k"; }',
    "const press = (event: { keyCode: number }) => event.keyCode !== 13;",
  ])("%s", (text) => {
    expect(said("components/x.tsx", text)).toEqual([expect.stringContaining("isKey")]);
    expect(said("components/ui/keys.ts", text)).toEqual([]);
  });

  test.each(["const a = row.key === other.key;", "function heard({ key }: StorageEvent) { return key; }"])(
    "but not %s",
    (text) => {
      expect(said("components/x.tsx", text)).toEqual([]);
    },
  );
});

test("the line is the line, with hashbang, comments and letters of several bytes in front", () => {
  expect(said("lib/server/x.ts", '#!/usr/bin/env node\n// é — 🎉\nconst a = "é";\nlet b = a;\n')).toEqual([
    expect.stringMatching(/^4: /),
  ]);
});

test("a file that cannot be parsed is an error, not silence", () => {
  expect(() => check("lib/server/x.ts", "const = ;")).toThrow();
});

test("a cookie's name is written nowhere but where all of them are made", () => {
  const name = ["parley", "session"].join(".");
  const text = `export const cookie = "${name}=x";`;
  for (const path of ["lib/server/x.ts", "tests/x.test.ts", "bench/x.mjs"])
    expect(said(path, text)).toEqual([expect.stringMatching(/^1: .*cookieName\(\)/)]);
  for (const path of ["lib/server/cookie-name.ts", "lib/server/cookie-name.test.ts"])
    expect(said(path, text)).toEqual([]);
});

describe("a component that decides by itself is refused", () => {
  const asks = 'import { mayDelete } from "@/lib/policy/room-settings";';
  test.each([
    ["a role", "components/x.tsx", 'import { runsOrganization } from "@/lib/policy/decision";', 1],
    ["a policy outside a list of offers", "components/x.tsx", asks, 1],
    ["a policy in a list of offers", "components/rooms/x-offers.ts", asks, 0],
    ["a type", "components/x.tsx", 'import type { Asker } from "@/lib/policy/decision";', 0],
    ["a handler", "lib/domain/x.ts", asks, 0],
  ])("%s", (_, path, text, refusals) => expect(said(path, text)).toHaveLength(refusals));
});

describe("code that is fetched later without a retry is refused", () => {
  test.each([
    ["a plain loader", 'dynamic(() => import("./x"), { ssr: false });', 1],
    ["lazy", 'lazy(() => import("./x"));', 1],
    ["a loader that retries", 'dynamic(retrying(() => import("./x")), { ssr: false });', 0],
    ["a loader for which the page would wait", 'dynamic(retrying(() => import("./x")));', 1],
    ["a loader with a placeholder", 'dynamic(retrying(() => import("./x")), { loading: () => null });', 0],
  ])("%s", (_, text, refusals) => {
    expect(check("components/x.tsx", text)).toHaveLength(refusals);
  });
});
