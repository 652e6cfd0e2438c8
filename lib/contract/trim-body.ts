/** What is sent of what was typed: without blank lines around it and spaces at its end. The first indentation stays. */
export function trimBody(text: string): string {
  return text.replace(/^(?:\p{White_Space}*\n)+/u, "").trimEnd();
}
