import { expect, test } from "vitest";
import { inviteState } from "./invite-state";

const now = Date.parse("2026-11-21T09:00:00Z");
const open = { revokedAt: null, expiresAt: "2026-11-22T09:00:00Z", maxUses: 10, uses: 9 };
const label = (changes: Partial<typeof open> & { revokedAt?: string | null }) =>
  inviteState({ ...open, ...changes }, now).label;

test("an invite works until its day, its uses or somebody ends it", () => {
  expect(inviteState(open, now).works).toBe(true);
  expect(label({ uses: 10 })).toBe("Used up");
  expect(label({ expiresAt: "2026-11-21T09:00:00Z" })).toBe("Expired");
});

test("without a limit neither uses nor time end it", () => {
  expect(inviteState({ revokedAt: null, expiresAt: null, maxUses: null, uses: 5_000 }, now).works).toBe(true);
});

test("that somebody withdrew it is said before all else", () => {
  expect(
    inviteState({ revokedAt: "2026-11-20T09:00:00Z", expiresAt: "2026-11-20T10:00:00Z", maxUses: 1, uses: 1 }, now)
      .label,
  ).toBe("Revoked");
});
