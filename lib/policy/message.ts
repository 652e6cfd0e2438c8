import { type Asker, type Decision, no, yes } from "./decision";
import { archived, type MembershipSubject, mayDeleteOthersMessages, mayPost, type RoomSubject } from "./room";

/** What policies need to know about a message. */
export interface MessageSubject {
  authorId: string | null;
  kind: "person" | "bot" | "webhook" | "notice";
  deletedAt: Date | string | null;
}

export function mayEditMessage(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  message: MessageSubject,
): Decision {
  if (message.kind === "notice" || message.authorId !== asker.personId)
    return no("Only the author can edit a message.");
  if (message.deletedAt) return no("This message was deleted.", "gone");
  return mayPost(asker, room, membership);
}

/**
 * Authors may delete their own messages, and moderators any message. No one may delete notices, which say for example who joined.
 */
export function mayDeleteMessage(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  message: MessageSubject,
): Decision {
  if (message.kind === "notice") return no("Notices can't be deleted.");
  if (!membership) return no("Join this room to delete messages in it.");
  if (room.archivedAt) return archived("change anything in it");
  return message.authorId === asker.personId ? yes : mayDeleteOthersMessages(asker, membership);
}
