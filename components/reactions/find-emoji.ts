import { fold, findIn } from "@/lib/contract/find";
import { emojis, type PickerEmoji } from "./emoji-data";

const maxFound = 48;
/** Prepared, because all of them are searched at every key. */
const texts: ReadonlyMap<PickerEmoji, ReturnType<typeof fold>[]> = new Map(
  emojis.map((emoji) => [emoji, [emoji.label, ...emoji.tags].map(fold)]),
);

/**
 * The emoji whose name or other words match a query, best match first. Among equal matches, the one with exactly this name comes first,
 * then those in `recent`, then those that match by their name.
 */
export function findEmoji(query: string, recent: readonly string[]): PickerEmoji[] {
  const isRecent = ({ emoji, skins }: PickerEmoji) =>
    [emoji, ...Object.values(skins ?? {})].some((each) => recent.includes(each));
  const name = fold(query).letters;
  return findIn(emojis, query, (emoji) => texts.get(emoji) ?? [])
    .map(({ item, found: { rank, marks } }) => {
      const isName = texts.get(item)?.[0]?.letters === name;
      // Only a match in the first text, the name, has marks.
      const isFirst = [isName, isRecent(item), marks.length > 0];
      return { item, rank, order: isFirst.map((each) => Number(!each)).join("") };
    })
    .toSorted((a, b) => a.rank - b.rank || Number(a.order) - Number(b.order))
    .slice(0, maxFound)
    .map(({ item }) => item);
}
