import type { Texts } from "@/lib/client/texts";

type TextStore = Pick<Texts, "read" | "write">;

/** Adds text to what is in a place. */
export function addText(texts: TextStore, place: string, text: string): void {
  if (text.trim()) texts.write(place, [texts.read(place), text].filter(Boolean).join("\n\n"));
}

/** Moves text to another place, after what is there already. */
export function moveText(texts: TextStore, from: string, to: string): void {
  const text = texts.read(from);
  if (from === to || text === "") return;
  texts.write(from, "");
  addText(texts, to, text);
}
