import { type Asker, type Decision, no } from "./decision";
import { mayRunAskLink } from "./join-request";
import { mayAddMembers, type MembershipSubject, type RoomSubject } from "./room";

/**
 * The current state of whoever sent a room invite or created an ask link. An invite and a link work only while their maker may still
 * make one.
 */
export interface RoomMaker {
  asker: Asker;
  deactivatedAt: Date | null;
  membership: MembershipSubject | null;
  isBanned: boolean;
}

const isGone = ({ deactivatedAt, isBanned }: RoomMaker) => deactivatedAt !== null || isBanned;
const mayNoLonger = no("Whoever made this can no longer do it in this room.", "gone");

/** May an invite to the room that they sent still bring somebody in? In an archived room it waits. */
export function mayStillAdd(maker: RoomMaker, room: RoomSubject): Decision {
  const decision = mayAddMembers(maker.asker, room, maker.membership);
  return !isGone(maker) && (decision.ok || decision.code === "room_archived") ? decision : mayNoLonger;
}

/** May a link to ask to join the room that they made still be used? */
export function mayStillRunAskLink(maker: RoomMaker, room: RoomSubject): Decision {
  const decision = mayRunAskLink(maker.asker, room, maker.membership);
  return !isGone(maker) && decision.ok ? decision : mayNoLonger;
}
