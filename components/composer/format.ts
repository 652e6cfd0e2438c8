import { isKey, type Press } from "@/components/ui/keys";

/** What a key or button makes of a selection: the new text and what is selected in it afterwards. */
export type Change = { from: number; to: number; insert: string; select: [number, number] };

const marks = { bold: "**", italic: "_", code: "`" } as const;
export type Mark = keyof typeof marks;

/** Puts marks around a selection, or takes them away where they already are. */
export function toggleMark(text: string, start: number, end: number, mark: Mark): Change {
  const chosen = text.slice(start, end);
  if (mark === "code" && chosen.includes("\n")) return fence(text, start, end);
  const sign = marks[mark];
  const size = sign.length;
  if (text.slice(start - size, start) === sign && text.slice(end, end + size) === sign) {
    return { from: start - size, to: end + size, insert: chosen, select: [start - size, end - size] };
  }
  if (chosen.length >= size * 2 && chosen.startsWith(sign) && chosen.endsWith(sign)) {
    const inner = chosen.slice(size, -size);
    return { from: start, to: end, insert: inner, select: [start, start + inner.length] };
  }
  return { from: start, to: end, insert: sign + chosen + sign, select: [start + size, end + size] };
}

/** Several lines of code stand in a block of their own. */
function fence(text: string, start: number, end: number): Change {
  const before = start === 0 || text[start - 1] === "\n" ? "```\n" : "\n```\n";
  const after = end === text.length || text[end] === "\n" ? "\n```" : "\n```\n";
  const insert = before + text.slice(start, end) + after;
  return { from: start, to: end, insert, select: [start + before.length, end + before.length] };
}

/** Makes a link of a selection; then the address is what is selected, to be written over. */
export function makeLink(text: string, start: number, end: number, url = "https://"): Change {
  const label = text.slice(start, end) || "link";
  const insert = `[${label}](${url})`;
  const at = start + label.length + 3;
  return { from: start, to: end, insert, select: [at, at + url.length] };
}

/** A whole address and nothing else. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** Writes a change through the browser's own editing, so that undo goes on working. */
export function apply(area: HTMLTextAreaElement, change: Change) {
  area.focus();
  area.setSelectionRange(change.from, change.to);
  // Deprecated, and still the only way that keeps the undo history; setRangeText loses it.
  const written = document.execCommand("insertText", false, change.insert);
  if (!written) {
    area.setRangeText(change.insert, change.from, change.to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.setSelectionRange(...change.select);
}

/** The formatting that a key asks for. */
export function markOf(event: Press): Mark | null {
  if (isKey(event, "mod+b")) return "bold";
  if (isKey(event, "mod+i")) return "italic";
  return isKey(event, "mod+shift+c") ? "code" : null;
}
