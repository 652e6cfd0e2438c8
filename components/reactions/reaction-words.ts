import type { ShownKind } from "@/lib/client/react";

/** For a screen reader, after the text of a message: "🎉 6, 👍 2". */
export const allInWords = (kinds: readonly ShownKind[]): string =>
  `Reactions: ${kinds.map(({ emoji, count }) => `${emoji} ${count}`).join(", ")}.`;

export const countInWords = (count: number): string => `${count} ${count === 1 ? "reaction" : "reactions"}`;

/**
 * Who reacts with an emoji: "You, Ada and 3 others". `names` are the first of the others. People who are not named, such as those whom
 * the viewer blocks, are counted.
 */
export function whoInWords({ count, isMine }: Pick<ShownKind, "count" | "isMine">, names: readonly string[]): string {
  const named = [...(isMine ? ["You"] : []), ...names].slice(0, count);
  const more = count - named.length;
  if (named.length === 0) return more === 1 ? "1 person" : `${more} people`;
  const all = more > 0 ? [...named, more === 1 ? "1 other" : `${more} others`] : named;
  return all.length === 1 ? (all[0] as string) : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
