import { expect, test } from "vitest";
import { redactText } from "./redact";

test.each([
  [`Unexpected token 'c', "canary-1 and\nmore" is not valid JSON`, "Unexpected token [cut], [cut] is not valid JSON"],
  ["Invalid `prisma.message.create()` invocation: { body: `canary-1` }", "Invalid [cut] invocation: { body: [cut] }"],
  ["no such account: ann.canary@example.org", "no such account: [cut]"],
  ["GET /join/canary-1?next=/rooms failed", "GET /join/[cut] failed"],
  ["GET /api/rooms?query=canary-1 failed", "GET /api/rooms[cut] failed"],
  ["cookie canary_AAAAAAAAAAAAAAAAAAAAAAA is old", "cookie [cut] is old"],
  ["It can't be read, isn't it", "It can't be read, isn't it"],
  ["connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED 127.0.0.1:5432"],
  ['"an open quote canary-1', "[cut]"],
])("%s is logged as %s", (text, logged) => {
  expect(redactText(text)).toBe(logged);
});

test("Stack frames are logged as they are, up to a length", () => {
  const frames = "\n    at perform (/srv/parley/lib/server/execute.ts?v=1:10:5)";
  expect(redactText(`TypeError: Cannot read "canary-1"${frames}`)).toBe(`TypeError: Cannot read [cut]${frames}`);
  expect(redactText("x ".repeat(100_000)).length).toBeLessThan(10_000);
});
