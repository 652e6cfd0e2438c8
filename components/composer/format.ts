import { isKey, type Press } from "@/components/ui/keys";

/** An edit: replaces the text from `from` to `to` with `insert`, then selects the range `select` of the new text. */
export type Change = { from: number; to: number; insert: string; select: [number, number] };

/** What a format does to a text of which a range is selected. */
export type Format = (text: string, from: number, to: number) => Change;

const marks = { bold: "**", italic: "_", code: "`" } as const;
export type Mark = keyof typeof marks;

/** Adds Markdown marks around a selection, or removes them if they are already there. */
export function toggleMark(text: string, start: number, end: number, mark: Mark): Change {
  const selected = text.slice(start, end);
  if (mark === "code" && selected.includes("\n")) return fence(text, start, end);
  const marker = marks[mark];
  const markerLength = marker.length;
  if (text.slice(start - markerLength, start) === marker && text.slice(end, end + markerLength) === marker) {
    return {
      from: start - markerLength,
      to: end + markerLength,
      insert: selected,
      select: [start - markerLength, end - markerLength],
    };
  }
  if (selected.length >= markerLength * 2 && selected.startsWith(marker) && selected.endsWith(marker)) {
    const inner = selected.slice(markerLength, -markerLength);
    return { from: start, to: end, insert: inner, select: [start, start + inner.length] };
  }
  return {
    from: start,
    to: end,
    insert: marker + selected + marker,
    select: [start + markerLength, end + markerLength],
  };
}

/** Puts several lines of code into a fenced block. */
function fence(text: string, start: number, end: number): Change {
  const before = start === 0 || text[start - 1] === "\n" ? "```\n" : "\n```\n";
  const after = end === text.length || text[end] === "\n" ? "\n```" : "\n```\n";
  const insert = before + text.slice(start, end) + after;
  return { from: start, to: end, insert, select: [start + before.length, end + before.length] };
}

/** Turns a selection into a link. Then selects the link's address, ready to be replaced. */
export function makeLink(text: string, start: number, end: number, url = "https://"): Change {
  const label = text.slice(start, end) || "link";
  const insert = `[${label}](${url})`;
  const addressStart = start + label.length + 3;
  return { from: start, to: end, insert, select: [addressStart, addressStart + url.length] };
}

/** Whether a text is an http(s) address and nothing else. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** Applies a change as if it had been typed, so that undo keeps working. */
export function applyChange(field: HTMLTextAreaElement, change: Change) {
  field.focus();
  if (field.readOnly) return;
  field.setSelectionRange(change.from, change.to);
  // execCommand is deprecated, but setRangeText loses the undo history.
  const isApplied = document.execCommand("insertText", false, change.insert);
  if (!isApplied) {
    field.setRangeText(change.insert, change.from, change.to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(...change.select);
}

/** Formats what is selected in a field. */
export const applyFormat = (field: HTMLTextAreaElement, change: Format) =>
  applyChange(field, change(field.value, field.selectionStart, field.selectionEnd));

/** The mark whose shortcut was pressed, or null. */
export function markOfShortcut(event: Press): Mark | null {
  if (isKey(event, "mod+b")) return "bold";
  if (isKey(event, "mod+i")) return "italic";
  return isKey(event, "mod+shift+c") ? "code" : null;
}
