import { looksLike, nameKey } from "./alike";

/** Words that mention people without naming a person or a group: everybody in a room, or the people who are there now. */
const mentionWords = ["all", "channel", "everybody", "everyone", "here", "room"] as const;

/** Whether a name or a handle is a mention word, or looks like one. Such a name or handle is not allowed. */
export function isMentionWord(name: string): boolean {
  const bare = name.trim().replace(/^[@＠]+\s*/u, "");
  return mentionWords.some((word) => nameKey(bare) === word || looksLike(bare, word));
}
