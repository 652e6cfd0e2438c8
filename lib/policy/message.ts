import { type Asker, type Decision, no, yes } from "./decision";
import {
  archived,
  type MembershipSubject,
  mayDeleteOthersMessages,
  mayPost,
  moderates,
  type RoomSubject,
} from "./room";

/** What policies need to know about a message. */
export interface MessageSubject {
  authorId: string | null;
  kind: "person" | "bot" | "webhook" | "notice";
  deletedAt: Date | string | null;
}

/** May the asker follow a thread? Who previews a room reads its threads and follows none. */
export const mayFollowThread = (membership: MembershipSubject | null): Decision =>
  membership ? yes : no("Join this room to follow a thread in it.");

/** May the asker give a thread a title, resolve it, and open it again? `first` is its first message. */
export function mayChangeThread(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  first: Pick<MessageSubject, "authorId">,
): Decision {
  if (!membership) return no("Join this room to change its threads.");
  if (room.archivedAt) return archived("change a thread in it");
  return first.authorId === asker.personId || moderates(asker, membership)
    ? yes
    : no("Only moderators, admins and the author of the first message can change a thread. Ask one of them.");
}

/** May the asker move a message into a thread? Its author may, too. */
export function mayMoveMessage(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  message: MessageSubject,
): Decision {
  if (message.kind === "notice") return no("Notices can't be moved.");
  if (!membership) return no("Join this room to move messages in it.");
  if (room.archivedAt) return archived("move messages in it");
  if (message.deletedAt) return no("This message was deleted.", "gone");
  return message.authorId === asker.personId || moderates(asker, membership)
    ? yes
    : no("Only moderators, admins and the author can move a message. Ask one of them.");
}

/** Can a reply to this message begin a thread? What the asker may write in the room is another question. */
export const canBeginThread = (message: Pick<MessageSubject, "kind"> & { threadId: string | null }): boolean =>
  message.kind !== "notice" && message.threadId === null;

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

/**
 * May the asker pin a message, and unpin it? The log tells of it. So in a room where only moderators may post, only they may pin.
 */
export function mayPinMessage(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  message: MessageSubject,
): Decision {
  if (message.kind === "notice") return no("Notices can't be pinned.");
  if (!membership) return no("Join this room to pin messages in it.");
  if (room.archivedAt) return archived("pin anything in it");
  if (message.deletedAt) return no("This message was deleted.", "gone");
  if (moderates(asker, membership)) return yes;
  if (asker.role === "guest") return no("Guests can't pin messages. Ask a member to pin it.");
  if (room.kind === "direct") return yes;
  return (room.membersPin ?? asker.rules.membersPin) && room.postingPolicy === "everyone"
    ? yes
    : no("Only moderators and admins can pin messages in this room. Ask one of them.");
}
