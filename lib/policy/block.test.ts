import { expect, it } from "vitest";
import { askerAs, letter, organizationRoles } from "@/tests/harness/policy-tables";
import { mayBlock } from "./block";

const row = (id: string) => organizationRoles.map((role) => letter(mayBlock(askerAs(role), { id }))).join("");

it("everybody may block everybody but themselves, guests and owners included", () => {
  expect(row("them")).toBe("++++");
  expect(row("me")).toBe("ffff");
});
