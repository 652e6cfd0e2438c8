import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { parseRoute, routesOf } from "@/lib/contract/route";
import { handlers } from "@/lib/domain/index";
import { makeOrganization } from "./harness/people";
import { type Login, loginOf } from "./harness/login";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();
let owner: Login;
beforeAll(async () => {
  owner = await loginOf(server, (await makeOrganization()).owner);
});

const names = Object.keys(operations) as OperationName[];

test("Only routes that are no operations have a file of their own under app/api", () => {
  const files = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  expect(files.toSorted()).toEqual([
    "[...path]/route.ts",
    // It answers with a stream.
    "audit/export/route.ts",
    "auth/[...nextauth]/route.ts",
    "openapi.json/route.ts",
  ]);
});

test.each(names)("%s has one handler, and every parameter in its path is a required input field", (name) => {
  expect(handlers[name].operation).toBe(operations[name]);
  for (const param of routesOf(operations[name]).flatMap((route) => parseRoute(route).params)) {
    const field = operations[name].input.shape[param as never] as { safeParse(value: unknown): { success: boolean } };
    expect(field.safeParse(undefined).success).toBe(false);
  }
});

const refusal = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

test("A request with a wrong method gets our JSON and a header with the allowed methods", async () => {
  for (const [method, path, allowed] of [
    ["DELETE", "/api/rooms", "GET, HEAD, POST"],
    ["GET", "/api/sync", "POST"],
    ["POST", "/api/messages/7", "DELETE, PATCH"],
  ] as const) {
    const answer = await owner.fetch(path, { method });
    expect([answer.status, answer.headers.get("allow")], path).toEqual([405, allowed]);
    expect(await answer.json()).toEqual(refusal("invalid_input"));
  }
});

test("Unknown paths and paths that cannot be decoded get our JSON", async () => {
  for (const path of ["/api/nowhere", "/api/rooms/7/nowhere", "/api/rooms/%ff", "/api/rooms/%", "/api/__proto__"]) {
    const answer = await owner.fetch(path);
    expect(answer.status, path).toBe(404);
    expect(await answer.json()).toEqual(refusal("not_found"));
  }
});

test("HEAD gets the answer of GET without the body", async () => {
  const [get, head] = [
    await owner.fetch("/api/rooms?limit=5"),
    await owner.fetch("/api/rooms?limit=5", { method: "HEAD" }),
  ];
  expect([get.status, head.status]).toEqual([200, 200]);
  expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  expect(await head.text()).toBe("");
  expect((await owner.fetch("/api/sync", { method: "HEAD" })).status).toBe(405);
});

test("%2F in a path parameter is a slash in its value", async () => {
  const answer = await owner.fetch("/api/rooms/a%2Fmembers");
  expect(await answer.json()).toMatchObject({
    ok: false,
    error: { code: "invalid_input", fields: { roomId: expect.any(String) } },
  });
});
