import { type Asker, type Decision, no, yes } from "./decision";
import { mayStillAdd } from "./maker";
import type { MembershipSubject, RoomSubject } from "./room";

/** A room invite, and its sender as they are now. */
export interface RoomInviteSubject {
  state: "pending" | "accepted" | "declined" | "withdrawn" | "expired";
  expiresAt: Date;
  room: RoomSubject;
  inviter: Asker & { name: string; deactivatedAt: Date | null };
  inviterMembership: MembershipSubject | null;
  inviterIsBanned: boolean;
}

/** The state at `now`. An expired invite is stored as pending until the next sweep. */
export const stateAt = ({ state, expiresAt }: Pick<RoomInviteSubject, "state" | "expiresAt">, now: Date) =>
  state === "pending" && expiresAt <= now ? "expired" : state;

/** Why an invite can no longer be answered or withdrawn. */
const ended = {
  accepted: no("This invite has already been accepted.", "gone"),
  declined: no("This invite was declined. Ask for a new one if you want to join.", "gone"),
  withdrawn: no("This invite was withdrawn.", "gone"),
  expired: no("This invite has expired. Ask for a new one if you want to join.", "gone"),
};

/** May an invite still be declined or withdrawn? Doing the same again is allowed and changes nothing. */
export function mayEnd(invite: RoomInviteSubject, to: "declined" | "withdrawn", now: Date): Decision {
  const state = stateAt(invite, now);
  return state === "pending" || state === to ? yes : ended[state];
}

/** May the invited person still accept? The sender must still be allowed to add people to the room. */
export function mayAccept(invite: RoomInviteSubject, now: Date): Decision {
  const state = stateAt(invite, now);
  if (state !== "pending") return ended[state];
  const { inviter, inviterMembership: membership, inviterIsBanned: isBanned, room } = invite;
  const { name, deactivatedAt } = inviter;
  const decision = mayStillAdd({ asker: inviter, deactivatedAt, membership, isBanned }, room);
  if (decision.ok) return decision;
  return decision.code === "room_archived"
    ? no("This room is archived. You can join when its admins have unarchived it.", "room_archived")
    : no(`${name} can no longer add people to this room. Ask someone in it for a new invite.`, "gone");
}
