import { limits } from "@/lib/contract/limits";
import { type Asker, type Decision, no, yes } from "./decision";
import { archived, type MembershipSubject, moderates, type RoomSubject } from "./room";

/**
 * May the asker create and revoke an ask link, which lets people ask to join a private room? The room's admins may, and the
 * organization's owners and admins who are in the room.
 */
export function mayRunAskLink(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  if (room.kind === "direct" || room.access !== "private")
    return no("Only private rooms have a link to ask to join. Others can be joined without one.");
  return membership !== null && (membership.role === "admin" || asker.role === "owner" || asker.role === "admin")
    ? yes
    : no("Only this room's admins can create a link to ask to join. Ask one of them.");
}

/** May the asker create an ask link now? An archived room needs none, because nobody can join it. */
export function mayCreateAskLink(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  const decision = mayRunAskLink(asker, room, membership);
  return decision.ok && room.archivedAt ? archived("join it") : decision;
}

/** May the asker see the requests to join a room, and decide about them? */
export function maySeeJoinRequests(asker: Asker, membership: MembershipSubject | null): Decision {
  return moderates(asker, membership)
    ? yes
    : no("Only moderators and admins of this room can decide who joins. Ask one of them.");
}

/** May the asker approve a request now? */
export function mayApproveJoinRequest(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  const decision = maySeeJoinRequests(asker, membership);
  return decision.ok && room.archivedAt ? archived("join it") : decision;
}

/** May a person withdraw their own request? A second withdrawal is allowed and changes nothing. */
export function mayWithdrawJoinRequest({
  state,
}: {
  state: "pending" | "approved" | "refused" | "withdrawn";
}): Decision {
  if (state === "pending" || state === "withdrawn") return yes;
  return no(state === "approved" ? "Your request has been approved." : "Your request was refused.", "gone");
}

const dayMs = 86_400_000;

/** When a person may ask again after their latest request was refused. Null if they may ask now. */
export function mustWaitUntil(refusedAt: Date | null, now: Date): Date | null {
  const until = refusedAt && new Date(refusedAt.getTime() + limits.askAgainDays * dayMs);
  return until && until > now ? until : null;
}
