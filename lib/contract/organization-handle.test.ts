import { expect, test } from "vitest";
import { OrganizationHandle, organizationHandle } from "./organization-handle";

test.each([
  ["Larkfield", "larkfield"],
  ["Café Zoë & Söhne, 3rd floor", "cafe-zoe-sohne-3rd-floor"],
  ["  --Acme--  ", "acme"],
  ["ＷＩＤＥ", "wide"],
  ["上海", "team"],
  ["X", "team"],
  ["Settings", "team"],
  ["a".repeat(60), "a".repeat(32)],
  [`${"a".repeat(31)} b`, "a".repeat(31)],
])("An organization named %j gets the handle %j", (name, handle) => {
  expect(organizationHandle(name)).toBe(handle);
  expect(OrganizationHandle.safeParse(handle).success).toBe(true);
});

test.each(["", "a", "Acme", "a--b", "-a", "a-", "a_b", "é1", "a/b", "..", "a".repeat(41), "api", "sign-in"])(
  "%j is no handle",
  (handle) => expect(OrganizationHandle.safeParse(handle).success).toBe(false),
);
