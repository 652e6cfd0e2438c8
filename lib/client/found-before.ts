import { findIn } from "@/lib/contract/find";

/**
 * The rows that a finder shows. `items` answer an earlier text until the answer for the typed text arrives. Until then, only those that
 * match the typed text are shown. Offline, no answer arrives, and all of them would seem to match.
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
