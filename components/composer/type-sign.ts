import { applyChange } from "./format";
import { type Sign, wordBefore } from "./word";

/** Types a text at the caret, in place of what is selected. */
export function typeAtCaret(field: HTMLTextAreaElement, text: string) {
  const { selectionStart: from, selectionEnd: to } = field;
  const end = from + text.length;
  applyChange(field, { from, to, insert: text, select: [end, end] });
}

/** Marks a field in which a button has typed a sign, until the list of the sign opens. Its code may not be loaded yet. */
const typedMark = "data-typed-sign";

/** Whether a button has just typed a sign in this field. Clears the mark. */
export function takeTypedSign(field: HTMLTextAreaElement): boolean {
  const isTyped = field.hasAttribute(typedMark);
  field.removeAttribute(typedMark);
  return isTyped;
}

/** Types a sign at the caret. Its list then opens. */
export function typeSign(field: HTMLTextAreaElement, sign: Sign) {
  field.setAttribute(typedMark, "");
  const start = field.value.slice(0, field.selectionStart);
  // Inside a word, the sign would be text.
  typeAtCaret(field, wordBefore(`${start}${sign}`, start.length + 1) ? sign : ` ${sign}`);
}
