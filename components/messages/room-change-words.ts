import type { Notice } from "@/lib/contract/message";
import type { RoomRole } from "@/lib/contract/room-role";
import { nameOrSomeone, type NoticeParts, noticeWords, type Piece } from "./notice-words";

const text = (words: string): Piece => ({ text: words });
const roleWords: Record<RoomRole, string> = { admin: "an admin", moderator: "a moderator", member: "a plain member" };

/** Like `noticeWords`, but also for notices about changes of the room. Loaded on demand, because such notices are rare. */
export function allNoticeWords(notices: readonly NoticeParts[], nameOf: (personId: string) => string): Piece[] {
  const [first] = notices;
  return (
    (first && roomChangeWords(first, (personId) => nameOrSomeone(personId, nameOf))) ?? noticeWords(notices, nameOf)
  );
}

const accessWords = ({ from, access }: Extract<Notice, { type: "access" }>): string => {
  if (from === access) return " changed which groups can join";
  if (access === "restricted") return " restricted the room to groups";
  return ` made the room ${access}`;
};

/** The sentence for one notice about a change of the room or of a role in it; null for any other notice. */
function roomChangeWords(
  { notice, authorId }: NoticeParts,
  nameOf: (personId: string | null) => Piece,
): Piece[] | null {
  const author = nameOf(authorId);
  switch (notice.type) {
    case "renamed":
      return [author, text(" renamed the room from "), { name: notice.from }, text(" to "), { name: notice.to }];
    case "topic":
      return notice.topic
        ? [author, text(" set the topic to "), { name: notice.topic }]
        : [author, text(" removed the topic")];
    case "posting":
      return [
        author,
        text(notice.postingPolicy === "everyone" ? " let everyone post" : " let only moderators and admins post"),
      ];
    case "access":
      return [author, text(accessWords(notice))];
    case "history":
      return [
        author,
        text(
          notice.history === "everything"
            ? " lets newcomers see what was said before they joined"
            : " hides what was said before from people who join from now on",
        ),
      ];
    case "notices":
      return [
        author,
        text(
          notice.notices
            ? " turned on the notices about who joins and leaves"
            : " turned off the notices about who joins and leaves",
        ),
      ];
    case "archived":
      return [author, text(" archived the room")];
    case "unarchived":
      return [author, text(" unarchived the room")];
    case "role": {
      const [personId = null] = notice.personIds;
      const role = roleWords[notice.role];
      return personId === authorId
        ? [author, text(` became ${role}`)]
        : [author, text(" made "), nameOf(personId), text(` ${role}`)];
    }
    case "pinned":
      return [author, text(" pinned a message")];
    case "created":
    case "joined":
    case "added":
    case "left":
    case "removed":
      return null;
  }
}
