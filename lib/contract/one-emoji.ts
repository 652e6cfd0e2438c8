const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\u200D])/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The emoji that a text consists of; null if it contains anything else. Ignores spaces. */
export function emojiOf(text: string, most: number): string[] | null {
  // The longest emoji has 35 UTF-16 units. Segmenting a longer text would be wasted work.
  if (text.length > most * 40) return null;
  const characters = Array.from(graphemes.segment(text.replace(/\s+/gu, "")), ({ segment }) => segment);
  return characters.length <= most && characters.every((each) => emoji.test(each)) ? characters : null;
}

export const isOneEmoji = (text: string): boolean => emojiOf(text, 1)?.length === 1;
