import type { Notice } from "@/lib/contract/message";

/** One piece of a notice's sentence: a name stands out. */
export type Piece = { name: string } | { text: string };

const text = (words: string): Piece => ({ text: words });

/** "Bo", "Bo and Cleo", "Bo, Cleo and Dev", "Bo and 3 others". */
function names(all: string[]): Piece[] {
  const [first, ...rest] = all;
  if (first === undefined) return [text("someone")];
  if (rest.length === 0) return [{ name: first }];
  if (rest.length > 2) return [{ name: first }, text(` and ${rest.length} others`)];
  const last = rest.pop() as string;
  return [{ name: first }, ...rest.flatMap((name): Piece[] => [text(", "), { name }]), text(" and "), { name: last }];
}

/** What a room tells of itself, in words. */
export function noticeWords(notice: Notice, authorId: string | null, nameOf: (personId: string) => string): Piece[] {
  const author: Piece = authorId ? { name: nameOf(authorId) } : text("Someone");
  if (notice.type === "created") return [author, text(" created the room")];
  const whom = names(notice.personIds.map(nameOf));
  const byThemselves = notice.personIds.length === 1 && notice.personIds[0] === authorId;
  switch (notice.type) {
    case "joined":
      return [...whom, text(" joined")];
    case "left":
      return [...whom, text(" left")];
    case "added":
      return byThemselves ? [...whom, text(" joined")] : [author, text(" added "), ...whom];
    case "removed":
      return byThemselves ? [...whom, text(" left")] : [author, text(" removed "), ...whom];
  }
}
