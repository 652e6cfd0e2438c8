import { expect, test } from "vitest";
import { inviteState } from "./invite-state";

test("an invite is open until the server says that it does not work, or its time passes", () => {
  expect(inviteState({ closed: null }, false)).toMatchObject({ label: "Open", reason: null });
  expect(inviteState({ closed: null }, true).label).toBe("Expired");
  expect(inviteState({ closed: "used_up" }, true).label).toBe("Used up");
});

test("one that does not work says why", () => {
  for (const closed of ["revoked", "expired", "used_up", "roomless"] as const)
    expect(inviteState({ closed }, false).reason).toMatch(/^(It|None of its rooms) .*\.$/);
});
