import { looksLike, nameKey } from "./alike";

/** Words that mention people without naming a person or a group: everybody in a room, or the people who are there now. */
const mentionWords = ["all", "channel", "everybody", "everyone", "here", "room"] as const;

/** Whether a name or a handle is a mention word, or looks like one. Such a name or handle is not allowed. */
export function isMentionWord(name: string): boolean {
  const bare = name.trim().replace(/^[@＠]+\s*/u, "");
  return mentionWords.some((word) => nameKey(bare) === word || looksLike(bare, word));
}

/** What a word means as a mention, in the form of `handleKey`. Null if it is no mention word. */
export function wordMeaning(word: string): "here" | "room" | null {
  if (!(mentionWords as readonly string[]).includes(word)) return null;
  return word === "here" ? "here" : "room";
}
