import type { PickerEmoji } from "./emoji-data";
import type { SkinTone } from "./recent-emoji";

/** An emoji with a skin tone, if it has one. */
export const toned = ({ emoji, skins }: PickerEmoji, tone: SkinTone): string =>
  tone === "none" ? emoji : (skins?.[tone] ?? emoji);
