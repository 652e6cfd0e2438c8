import { describe, expect, it } from "vitest";
import { askerAs, organizationRoles, room, roomRoles } from "@/tests/harness/policy-tables";
import { mayAccept, mayEnd, type RoomInviteSubject } from "./room-invite";

const now = new Date("2026-03-01T00:00:00.000Z");
const invite = (given: Partial<RoomInviteSubject> = {}): RoomInviteSubject => ({
  state: "pending",
  expiresAt: new Date("2026-03-02T00:00:00.000Z"),
  room: room({ access: "private" }),
  inviter: { ...askerAs("member"), name: "Dev", deactivatedAt: null },
  inviterMembership: { role: "member" },
  inviterIsBanned: false,
  ...given,
});
const code = (decision: ReturnType<typeof mayAccept>) => (decision.ok ? "+" : decision.code);

describe("accepting a room invite", () => {
  it("is possible while it is pending and before it expires", () => {
    expect(code(mayAccept(invite(), now))).toBe("+");
    expect(code(mayAccept(invite({ expiresAt: now }), now))).toBe("gone");
    for (const state of ["accepted", "declined", "withdrawn", "expired"] as const)
      expect(code(mayAccept(invite({ state }), now)), state).toBe("gone");
  });

  it("needs a sender who may still add people to the room", () => {
    const answers = (access: "public" | "private") =>
      organizationRoles.map((role) =>
        roomRoles
          .map((roomRole) => {
            const inviterMembership = roomRole && { role: roomRole };
            const inviter = { ...askerAs(role), name: "Dev", deactivatedAt: null };
            return mayAccept(invite({ room: room({ access }), inviter, inviterMembership }), now).ok ? "+" : "g";
          })
          .join(""),
      );
    expect(answers("private")).toEqual(["g+++", "g+++", "g+++", "gg++"]);
    expect(answers("public")).toEqual(["++++", "++++", "g+++", "gg++"]);
    const deactivated = { ...askerAs("owner"), name: "Dev", deactivatedAt: now };
    expect(mayAccept(invite({ inviter: deactivated }), now)).toEqual({
      ok: false,
      code: "gone",
      reason: "Dev can no longer add people to this room. Ask someone in it for a new invite.",
    });
  });

  it("waits while the room is archived", () => {
    expect(code(mayAccept(invite({ room: room({ archivedAt: now }) }), now))).toBe("room_archived");
  });
});

describe("declining and withdrawing a room invite", () => {
  it.each(["declined", "withdrawn"] as const)("is possible while it is pending, and again once it is %s", (to) => {
    const states = ["pending", "accepted", "declined", "withdrawn", "expired"] as const;
    const possible = states.filter((state) => mayEnd(invite({ state }), to, now).ok);
    expect(possible).toEqual(["pending", to]);
    expect(code(mayEnd(invite({ expiresAt: now }), to, now))).toBe("gone");
  });
});
