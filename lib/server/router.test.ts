import { describe, expect, it } from "vitest";
import { fields, Nothing, operation } from "@/lib/contract/operation";
import type { Route } from "@/lib/contract/route";
import { yes } from "@/lib/policy/decision";
import { handle } from "./handler";
import { makeRouter } from "./router";

const handlerAt = (http: Route, aliases: Route[] = []) =>
  handle(
    operation({
      name: http,
      http: http as "POST /api/",
      aliases: aliases as "POST /api/"[],
      repeat: "safe",
      audit: null,
      summary: http,
      input: fields({}),
      output: Nothing,
    }),
    { load: async () => ({}), allow: () => yes, run: async () => ({}) },
  );
const routes: Route[] = [
  "GET /api/rooms",
  "POST /api/rooms",
  "GET /api/rooms/{roomId}",
  "GET /api/rooms/{roomId}/members",
  "DELETE /api/rooms/{roomId}/members/{personId}",
  "POST /api/setup/rooms",
];
const find = makeRouter({
  ...Object.fromEntries(routes.map((http) => [http, handlerAt(http)])),
  aliased: handlerAt("POST /api/invites", ["POST /api/rooms/{roomId}/invites", "POST /api/rooms/invites/new"]),
});
const ask = (route: string) => {
  const [method = "", path = ""] = route.split(" ");
  const found = find(method, path.split("/").slice(2));
  return found && "handler" in found ? { name: found.handler.operation.name, params: found.params } : found;
};

describe("the router", () => {
  it.each([
    ["GET /api/rooms", "GET /api/rooms", {}],
    ["POST /api/rooms", "POST /api/rooms", {}],
    ["GET /api/rooms/7", "GET /api/rooms/{roomId}", { roomId: "7" }],
    ["GET /api/rooms/members", "GET /api/rooms/{roomId}", { roomId: "members" }],
    ["DELETE /api/rooms/7/members/8", "DELETE /api/rooms/{roomId}/members/{personId}", { roomId: "7", personId: "8" }],
    ["POST /api/setup/rooms", "POST /api/setup/rooms", {}],
  ])("finds %s at its method and path, with the values of the path", (route, name, params) => {
    expect(ask(route)).toEqual({ name, params });
  });

  it.each([
    ["POST /api/invites", {}],
    ["POST /api/rooms/7/invites", { roomId: "7" }],
    ["POST /api/rooms/invites/new", {}],
  ])("finds an operation at %s, one of its routes", (route, params) => {
    expect(ask(route)).toEqual({ name: "POST /api/invites", params });
  });

  it("answers HEAD wherever it answers GET", () => {
    expect(ask("HEAD /api/rooms/7")).toEqual({ name: "GET /api/rooms/{roomId}", params: { roomId: "7" } });
    expect(ask("HEAD /api/setup/rooms")).toEqual({ allowed: ["POST"] });
  });

  it("names the methods of a path that is asked by another method", () => {
    expect(ask("PUT /api/rooms")).toEqual({ allowed: ["GET", "HEAD", "POST"] });
    expect(ask("GET /api/rooms/7/members/8")).toEqual({ allowed: ["DELETE"] });
  });

  it.each([
    "GET /api/setup",
    "GET /api/room",
    "GET /api/rooms/7/nothing",
    "GET /api/rooms/7/members/8/9",
    "GET /api/__proto__",
  ])("finds nothing at %s", (route) => expect(ask(route)).toBeNull());
});
