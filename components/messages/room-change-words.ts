import type { Message, Notice } from "@/lib/contract/message";
import type { RoomRole } from "@/lib/contract/room-role";

/** One piece of a notice's sentence. Names are emphasized. */
export type Piece = { name: string } | { text: string };
/** The fields of a notice that its sentence needs. */
export type NoticeParts = Pick<Message, "authorId"> & { notice: Notice };

const text = (words: string): Piece => ({ text: words });
const roleWords: Record<RoomRole, string> = { admin: "an admin", moderator: "a moderator", member: "a plain member" };

/** The sentence for one notice about the room itself or a role in it; null for a notice about people who came or went. */
export function roomChangeWords(
  { notice, authorId }: NoticeParts,
  nameOf: (personId: string | null) => Piece,
): Piece[] | null {
  const author = nameOf(authorId);
  switch (notice.type) {
    case "created":
      return [author, text(" created the room")];
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
    case "joined":
    case "added":
    case "left":
    case "removed":
      return null;
  }
}
