import { type Asker, type Decision, no } from "./decision";
import { mayRunAskLink } from "./join-request";
import { mayAddMembers, type MembershipSubject, type RoomSubject } from "./room";

/**
 * The person who sent a room invite or created an ask link, as they are now. The invite or link works only while they may still
 * create one.
 */
export interface RoomMaker {
  asker: Asker;
  deactivatedAt: Date | null;
  membership: MembershipSubject | null;
  isBanned: boolean;
}

const isGone = ({ deactivatedAt, isBanned }: RoomMaker) => deactivatedAt !== null || isBanned;
const mayNoLonger = no("Whoever made this can no longer do it in this room.", "gone");

/** May a room invite from this person still be accepted? In an archived room, only after the room is unarchived. */
export function mayStillAdd(maker: RoomMaker, room: RoomSubject): Decision {
  const decision = mayAddMembers(maker.asker, room, maker.membership);
  return !isGone(maker) && (decision.ok || decision.code === "room_archived") ? decision : mayNoLonger;
}

/** May an ask link from this person still be used? */
export function mayStillRunAskLink(maker: RoomMaker, room: RoomSubject): Decision {
  const decision = mayRunAskLink(maker.asker, room, maker.membership);
  return !isGone(maker) && decision.ok ? decision : mayNoLonger;
}
