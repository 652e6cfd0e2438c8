import { describe, expect, it } from "vitest";
import { type DirectSubject, mayHideAlways, mayStartDirect } from "./direct";

const roles = ["owner", "admin", "member", "guest"] as const;
const other = (given: Partial<DirectSubject> = {}): DirectSubject => ({
  name: "Bo",
  isActive: true,
  sharesChannel: true,
  ...given,
});
const starting = (...others: DirectSubject[]) => roles.filter((role) => mayStartDirect({ role }, others).ok);

describe("starting a direct room", () => {
  it("is for everybody, with people of their channels or only with themselves", () => {
    expect(starting()).toEqual(roles);
    expect(starting(other(), other())).toEqual(roles);
  });
  it("is for all but guests with people they share no channel with", () => {
    expect(starting(other(), other({ sharesChannel: false }))).toEqual(["owner", "admin", "member"]);
  });
  it("is for nobody with someone who is deactivated, and says who that is", () => {
    expect(starting(other(), other({ isActive: false }))).toEqual([]);
    expect(mayStartDirect({ role: "owner" }, [other(), other({ name: "Cy", isActive: false })])).toMatchObject({
      reason: "Cy is deactivated, so you can't start a conversation with them.",
    });
  });
});

it("Only a direct room can be hidden for good", () => {
  expect(mayHideAlways({ kind: "direct" }).ok).toBe(true);
  expect(mayHideAlways({ kind: "channel" }).ok).toBe(false);
});
