import { applyChange } from "./format";
import { type Sign, wordBefore } from "./word";

/** Types a text at the caret, in place of what is selected. */
export function typeAtCaret(field: HTMLTextAreaElement, text: string) {
  const { selectionStart: from, selectionEnd: to } = field;
  const end = from + text.length;
  applyChange(field, { from, to, insert: text, select: [end, end] });
}

/** Types a sign at the caret. Its list then opens. */
export function typeSign(field: HTMLTextAreaElement, sign: Sign) {
  const start = field.value.slice(0, field.selectionStart);
  // Inside a word, the sign would be text.
  typeAtCaret(field, wordBefore(`${start}${sign}`, start.length + 1) ? sign : ` ${sign}`);
}
