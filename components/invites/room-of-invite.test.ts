import { expect, it } from "vitest";
import type { Membership, Room } from "@/lib/contract/room";
import { askerAs } from "@/tests/harness/policy-tables";
import { roomOfInvite } from "./room-of-invite";

const owner = askerAs("owner");
const membership = { role: "admin" } as Membership;
const room = (given: Partial<Room>) =>
  ({ id: "r", kind: "channel", name: "design", access: "public", groupIds: [], archivedAt: null, ...given }) as Room;

it("An invite made in a room opens that room", () => {
  const opened = { id: "r", name: "design" };
  expect(roomOfInvite(owner, room({}), membership)).toEqual(opened);
  expect(roomOfInvite(owner, room({ access: "private" }), membership)).toEqual(opened);
  expect(roomOfInvite(owner, room({ access: "restricted", groupIds: ["g"] }), membership)).toEqual(opened);
});

it("It opens no room of owners and admins, none that is open anyway and none that may not be given", () => {
  expect(roomOfInvite(owner, room({ access: "restricted", forAdmins: true }), membership)).toBeUndefined();
  expect(roomOfInvite(owner, room({ joinsEveryone: true }), membership)).toBeUndefined();
  expect(roomOfInvite(owner, room({ access: "private" }), null)).toBeUndefined();
  expect(roomOfInvite(owner, room({ archivedAt: "2026-11-28T10:00:00Z" }), membership)).toBeUndefined();
});
