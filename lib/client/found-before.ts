import { findIn } from "@/lib/contract/find";

/**
 * The rows that a finder shows. Until the answer for the typed text arrives, `items` are the results for an earlier text. Only
 * the items that match the typed text are then shown. Offline, no answer arrives, and all of `items` would look like matches.
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
