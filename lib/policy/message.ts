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

/**
 * May the asker react to a message, or take a reaction back? Members may, whoever may post. Notices about who came and went share rows on
 * the screen, so nobody reacts to them.
 */
export function mayReact(
  room: RoomSubject,
  membership: MembershipSubject | null,
  message: Pick<MessageSubject, "kind" | "deletedAt">,
): Decision {
  if (!membership) return no("Join this room to react to messages in it.");
  if (message.kind === "notice") return no("You can't react to notices.");
  if (message.deletedAt) return no("This message was deleted.", "gone");
  return room.archivedAt ? archived("react to messages in it") : yes;
}
