import { findIn } from "@/lib/contract/find";

/**
 * What a finder shows. Until there is an answer for the text that is typed, those that were found for an earlier one and match it: without
 * a connection, no answer comes, and the others would seem to match.
 */
export function foundBefore<Item>(
  items: readonly Item[],
  text: { typed: string | undefined; answered: string | undefined },
  textsOf: (item: Item) => readonly string[],
): readonly Item[] {
  if (!text.typed || text.typed === text.answered) return items;
  return findIn(items, text.typed, textsOf).map(({ item }) => item);
}

export const nameAndHandle = ({ name, handle }: { name: string; handle: string }): string[] => [name, handle];
