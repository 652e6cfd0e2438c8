import { emojis, type PickerEmoji } from "@/components/reactions/emoji-data";
import { findEmoji } from "@/components/reactions/find-emoji";
import { shortcodes } from "@/lib/contract/markdown/emoji";
import { finder, type Found } from "@/lib/contract/find";

const maxFound = 8;

export interface EmojiMatch {
  emoji: PickerEmoji;
  /** The parts of its name that match. */
  marks: Found["marks"];
  /** Another word for it, if only that word matches. */
  also: string | null;
}

/** The emoji for what was typed after a colon, best match first. The picker has the same search. */
export function matchEmoji(query: string, recent: readonly string[]): EmojiMatch[] {
  const find = finder(query);
  const coded = emojiOf(query);
  const found = findEmoji(query, recent).filter((each) => each !== coded);
  return [...(coded ? [coded] : []), ...found].slice(0, maxFound).map((emoji) => {
    const marks = find(emoji.label)?.marks;
    const also = marks ? null : emoji === coded ? query : (emoji.tags.find((tag) => find(tag)) ?? null);
    return { emoji, marks: marks ?? [], also };
  });
}

/** The emoji that a message shows for a shortcode, as in ":tada:". */
function emojiOf(code: string): PickerEmoji | undefined {
  const character = Object.hasOwn(shortcodes, code) ? shortcodes[code] : undefined;
  return character === undefined ? undefined : emojis.find(({ emoji }) => emoji === character);
}
