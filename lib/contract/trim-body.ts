/** Removes blank lines around a message and spaces at its end. The indentation of its first line stays. */
export function trimBody(text: string): string {
  return text.replace(/^(?:\p{White_Space}*\n)+/u, "").trimEnd();
}
