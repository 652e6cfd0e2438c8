import found from "emojibase-data/en/data.json";
import messages from "emojibase-data/en/messages.json";
import { qualify } from "@/lib/contract/qualify";
import type { SkinTone } from "./recent-emoji";

export interface PickerEmoji {
  emoji: string;
  label: string;
  tags: string[];
  category: number;
  version: number;
  skins?: Record<Exclude<SkinTone, "none">, string>;
}

/** Newer emoji are drawn as empty boxes by many systems. The server accepts them all the same. */
const newestVersion = 15;
/** Skin tones and hair by themselves. */
const components = 2;
/** In the order of the data's `tone`. */
const tones = ["light", "medium-light", "medium", "medium-dark", "dark"] as const;

/** The emoji that the picker offers, as the server stores them. It is large: load it only with the picker. */
export const emojis: PickerEmoji[] = found.flatMap(({ emoji, label, tags = [], group, version, skins = [] }) => {
  if (group === undefined || group === components || version > newestVersion) return [];
  const toned = Object.fromEntries(
    tones.flatMap((name, at) => {
      const skin = skins.find(({ tone }) => tone === at + 1);
      return skin ? [[name, qualify(skin.emoji)]] : [];
    }),
  ) as NonNullable<PickerEmoji["skins"]>;
  const isToned = Object.keys(toned).length === tones.length;
  return [{ emoji: qualify(emoji), label, tags, category: group, version, ...(isToned && { skins: toned }) }];
});

const named = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace("&", "and")}`;

export const categories = messages.groups
  .filter(({ order }) => order !== components)
  .map(({ order, message }) => ({ index: order, label: named(message) }));

export const toneLabels = Object.fromEntries(
  messages.skinTones.map(({ key, message }) => [key, named(message)]),
) as Record<Exclude<SkinTone, "none">, string>;
