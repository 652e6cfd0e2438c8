import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { operations } from "@/lib/contract/index";
import { parseRoute, routes } from "@/lib/contract/routes";
import { handlers } from "@/lib/domain/index";

const names = Object.keys(routes) as (keyof typeof routes)[];
const fileOf = (path: string) => `app${path.replace(/\{(\w+)\}/g, "[$1]")}/route.ts`;
/** Routes that are no operation's: the sign-in of next-auth, the document about all the others, and what is nowhere. */
const notOperations = [
  "app/api/auth/[...nextauth]/route.ts",
  "app/api/openapi.json/route.ts",
  "app/api/[...nowhere]/route.ts",
];

/** What each route file under app/api exports. */
async function exported(): Promise<Map<string, string[]>> {
  const files = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((file) =>
    /route\.tsx?$/.test(file),
  );
  const entries = files.map(
    async (file): Promise<[string, string[]]> => [
      `app/api/${file}`,
      Object.keys((await import(/* @vite-ignore */ `../app/api/${file}`)) as object).toSorted(),
    ],
  );
  return new Map(await Promise.all(entries));
}

test("Every operation's route file exports its method, and exports nothing that is no operation's", async () => {
  const wanted = new Map<string, string[]>();
  for (const name of names) {
    const { method, path } = parseRoute(name);
    wanted.set(fileOf(path), [...(wanted.get(fileOf(path)) ?? []), method].toSorted());
  }
  const found = await exported();
  for (const file of notOperations) expect(found.delete(file)).toBe(true);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
});

test("No two operations share a method and a path", () => {
  const places = names.map((name) => routes[name].replace(/\{\w+\}/g, "{}"));
  expect(new Set(places).size).toBe(places.length);
});

test.each(names)("%s has one handler, and every name in its path is a field that its input demands", (name) => {
  expect(handlers[name].operation).toBe(operations[name]);
  for (const param of parseRoute(name).params) {
    const field = operations[name].input.shape[param as never] as { safeParse(value: unknown): { success: boolean } };
    expect(field.safeParse(undefined).success).toBe(false);
  }
});
