import type { Texts } from "@/lib/client/texts";

/** Where the first message to some people is kept until it is sent. Text that was typed for others is never shown to them. */
export const firstMessagePlace = (personIds: readonly string[]): string => `new-message ${personIds.toSorted().join()}`;

/** Moves text to another place, after what is there already. */
export function moveText(texts: Pick<Texts, "read" | "write">, from: string, to: string): void {
  const text = texts.read(from);
  if (from === to || text === "") return;
  texts.write(from, "");
  if (text.trim()) texts.write(to, [texts.read(to), text].filter(Boolean).join("\n\n"));
}

/** What was typed since the text was sent. */
export const restOf = (text: string, sent: string): string => (text.startsWith(sent) ? text.slice(sent.length) : text);
