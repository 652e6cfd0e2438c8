import { expect, test } from "vitest";
import { inviteState } from "./invite-state";

const open = { revokedAt: null, maxUses: 10, uses: 9 };

test("an invite works until its day, its uses or somebody ends it", () => {
  expect(inviteState(open, false).works).toBe(true);
  expect(inviteState({ ...open, uses: 10 }, false).label).toBe("Used up");
  expect(inviteState(open, true).label).toBe("Expired");
});

test("without a limit its uses do not end it", () => {
  expect(inviteState({ revokedAt: null, maxUses: null, uses: 5_000 }, false).works).toBe(true);
});

test("that somebody withdrew it is said before all else", () => {
  expect(inviteState({ revokedAt: "2026-11-20T09:00:00Z", maxUses: 1, uses: 1 }, true).label).toBe("Revoked");
});
