import type { RoomInvite } from "@/lib/contract/room-invite";
import { type Blocked, isBlocked } from "./blocked";
import type { RoomsState } from "./stores/rooms";

/**
 * Applies a new state of an invite. The store keeps the invites that wait for my answer, newest first, without those of people whom
 * I block.
 */
export function putInvite(state: RoomsState, invite: RoomInvite): RoomsState {
  if (invite.person.id !== state.me.id)
    return { ...state, sentInvitesTick: Math.max(state.sentInvitesTick, invite.tick) };
  const current = state.invites.find(({ id }) => id === invite.id);
  if (current && current.tick > invite.tick) return state;
  const others = withoutInvite(state.invites, invite.id);
  if (invite.state !== "pending" || isBlocked(state.blocked, invite.inviter.id)) return { ...state, invites: others };
  return { ...state, invites: [invite, ...others].toSorted((a, b) => (a.id > b.id ? -1 : 1)) };
}

/** Drops an invite that I have answered. */
export function dropInvite(state: RoomsState, id: string): RoomsState {
  return { ...state, invites: withoutInvite(state.invites, id) };
}

/** The invites of people whom I do not block. */
export const withoutBlocked = (invites: RoomInvite[], blocked: Blocked): RoomInvite[] =>
  invites.some(({ inviter }) => isBlocked(blocked, inviter.id))
    ? invites.filter(({ inviter }) => !isBlocked(blocked, inviter.id))
    : invites;

const withoutInvite = (invites: RoomInvite[], id: string) => invites.filter((invite) => invite.id !== id);
