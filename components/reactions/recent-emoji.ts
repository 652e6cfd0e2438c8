/** What people react with most, before somebody has emoji of their own. */
const usual = ["👍", "🎉", "👀", "❤️", "✅"];
const maxEmoji = 18;
const emojiKey = (personId: string) => `parley.reactions.${personId}`;
const toneKey = (personId: string) => `parley.skin-tone.${personId}`;

/** Stores an emoji as the last used one. Stores nothing if the browser refuses storage, as in some private windows. */
export function rememberEmoji(personId: string, emoji: string): void {
  write(emojiKey(personId), [emoji, ...ownEmoji(personId).filter((each) => each !== emoji)].slice(0, maxEmoji));
}

/** The emoji that a person reacted with in this browser, the most recent first. Then the usual ones. */
export function recentEmoji(personId: string, count: number): string[] {
  return [...new Set([...ownEmoji(personId), ...usual])].slice(0, count);
}

function ownEmoji(personId: string): string[] {
  const stored = read(emojiKey(personId));
  return Array.isArray(stored) ? stored.filter((emoji) => typeof emoji === "string") : [];
}

export const skinTones = ["none", "light", "medium-light", "medium", "medium-dark", "dark"] as const;
export type SkinTone = (typeof skinTones)[number];

export const rememberTone = (personId: string, tone: SkinTone): void => write(toneKey(personId), tone);
export const rememberedTone = (personId: string): SkinTone =>
  skinTones.find((tone) => tone === read(toneKey(personId))) ?? "none";

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The browser refuses storage.
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
