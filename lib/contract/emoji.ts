import { emojiList } from "./emoji-list";

/** Removes the signs that only choose between the coloured and the black form of a character. */
const bare = (emoji: string): string => emoji.replace(/[\uFE0E\uFE0F]/g, "");

const qualified: ReadonlyMap<string, string> = new Map(emojiList.map((emoji) => [bare(emoji), emoji]));

/** The qualified form of an emoji, by which it is stored. Null if the text is not exactly one emoji of the list. */
export const qualifiedEmoji = (text: string): string | null => qualified.get(bare(text)) ?? null;
