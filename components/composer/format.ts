import { isKey, type Press } from "@/components/ui/keys";

/** An edit: replaces the text from `from` to `to` by `insert`, then selects the range `select` of the new text. */
export type Change = { from: number; to: number; insert: string; select: [number, number] };

const marks = { bold: "**", italic: "_", code: "`" } as const;
export type Mark = keyof typeof marks;

/** Adds marks around a selection, or removes them if it has them already. */
export function toggleMark(text: string, start: number, end: number, mark: Mark): Change {
  const selected = text.slice(start, end);
  if (mark === "code" && selected.includes("\n")) return fence(text, start, end);
  const sign = marks[mark];
  const size = sign.length;
  if (text.slice(start - size, start) === sign && text.slice(end, end + size) === sign) {
    return { from: start - size, to: end + size, insert: selected, select: [start - size, end - size] };
  }
  if (selected.length >= size * 2 && selected.startsWith(sign) && selected.endsWith(sign)) {
    const inner = selected.slice(size, -size);
    return { from: start, to: end, insert: inner, select: [start, start + inner.length] };
  }
  return { from: start, to: end, insert: sign + selected + sign, select: [start + size, end + size] };
}

/** Puts several lines of code into a fenced block. */
function fence(text: string, start: number, end: number): Change {
  const before = start === 0 || text[start - 1] === "\n" ? "```\n" : "\n```\n";
  const after = end === text.length || text[end] === "\n" ? "\n```" : "\n```\n";
  const insert = before + text.slice(start, end) + after;
  return { from: start, to: end, insert, select: [start + before.length, end + before.length] };
}

/** Turns a selection into a link and selects its address, ready to be replaced. */
export function makeLink(text: string, start: number, end: number, url = "https://"): Change {
  const label = text.slice(start, end) || "link";
  const insert = `[${label}](${url})`;
  const at = start + label.length + 3;
  return { from: start, to: end, insert, select: [at, at + url.length] };
}

/** Whether a text is an http(s) address and nothing else. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** Applies a change as if it had been typed, so that undo keeps working. */
export function apply(area: HTMLTextAreaElement, change: Change) {
  area.focus();
  area.setSelectionRange(change.from, change.to);
  // execCommand is deprecated, but setRangeText loses the undo history.
  const isApplied = document.execCommand("insertText", false, change.insert);
  if (!isApplied) {
    area.setRangeText(change.insert, change.from, change.to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.setSelectionRange(...change.select);
}

/** The mark whose shortcut was pressed, or null. */
export function markOf(event: Press): Mark | null {
  if (isKey(event, "mod+b")) return "bold";
  if (isKey(event, "mod+i")) return "italic";
  return isKey(event, "mod+shift+c") ? "code" : null;
}
