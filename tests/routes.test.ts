import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { parseRoute } from "@/lib/contract/route";
import { handlers } from "@/lib/domain/index";

const names = Object.keys(operations) as OperationName[];

test("Under app/api a file of its own has only what is no operation", () => {
  const files = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  expect(files.toSorted()).toEqual(["[...path]/route.ts", "auth/[...nextauth]/route.ts", "openapi.json/route.ts"]);
});

test.each(names)("%s has one handler, and every name in its path is a field that its input demands", (name) => {
  expect(handlers[name].operation).toBe(operations[name]);
  for (const param of parseRoute(operations[name].http).params) {
    const field = operations[name].input.shape[param as never] as { safeParse(value: unknown): { success: boolean } };
    expect(field.safeParse(undefined).success).toBe(false);
  }
});
