import { describe, expect, it } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { applyMyChanges } from "./catch-up";
import { dropInvite, putInvite } from "./room-invites";
import { stateFromHome } from "./stores/rooms";

const invite = (id: string, tick: number, given: Partial<RoomInvite> = {}) =>
  ({ id, tick, state: "pending", person: { id: "me" }, inviter: { id: "other" }, ...given }) as RoomInvite;
const begin = (...invites: RoomInvite[]) =>
  stateFromHome({ me: { id: "me" }, clock: 5, rooms: [], invites } as unknown as Home);
const ids = (state: ReturnType<typeof begin>) => state.invites.map(({ id }) => id);

describe("the invites in the store", () => {
  it("are those that wait for my answer, newest first", () => {
    const state = putInvite(putInvite(begin(invite("2", 4)), invite("3", 6)), invite("1", 7));
    expect(ids(state)).toEqual(["3", "2", "1"]);
    expect(ids(putInvite(state, invite("2", 8, { state: "withdrawn" })))).toEqual(["3", "1"]);
    expect(ids(dropInvite(state, "1"))).toEqual(["3", "2"]);
  });

  it("keep the newer of two states", () => {
    const state = putInvite(begin(invite("1", 9, { note: "new" })), invite("1", 8, { note: "old" }));
    expect(state.invites).toMatchObject([{ note: "new" }]);
  });

  it("leave out those that I sent, whose list is loaded again", () => {
    const sent = invite("1", 6, {
      person: { id: "other", name: "", picture: null },
      inviter: { id: "me", name: "", picture: null },
    });
    const state = applyMyChanges(begin(), { from: 5, to: 6, changes: [{ type: "invite", invite: sent }] });
    expect(state).toMatchObject({ clock: 6, invites: [], sentInvitesTick: 6 });
  });
});
