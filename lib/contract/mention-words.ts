import { looksLike, nameKey } from "./alike";

/** What a mention can name besides a person or a group: everybody in a room, or who is there now. */
const mentionWords = ["all", "channel", "everybody", "everyone", "here", "room"] as const;

/** Whether a name or a handle is such a word, or looks like one. Then nobody may have it. */
export function isMentionWord(name: string): boolean {
  const bare = name.trim().replace(/^[@＠]+\s*/u, "");
  return mentionWords.some((word) => nameKey(bare) === word || looksLike(bare, word));
}
