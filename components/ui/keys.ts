/** The fields that keydown events of React and of the browser have in common. */
export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const keyNames: Readonly<Record<string, string>> = {
  up: "arrowup",
  down: "arrowdown",
  left: "arrowleft",
  right: "arrowright",
  esc: "escape",
  del: "delete",
  space: " ",
};

/** The character that a US keyboard has on a physical key, by the key's `code`. */
const usCharacters: Readonly<Record<string, string>> = { Slash: "/", Period: ".", Comma: ",", Minus: "-", Equal: "=" };

/**
 * Whether a keydown is the shortcut `combo`, such as `mod+shift+c` or `alt+up`. `mod` is Ctrl or Cmd. Compare keys only with this
 * function, because keyboard layouts differ. For letters, the printed letter counts (Dvorak, AZERTY). On a keyboard for another
 * script, the letter at the same position of a US keyboard counts. For punctuation, Shift is ignored: on a German keyboard `/` is
 * Shift+7.
 */
export function isKey(event: Press, combo: string): boolean {
  // The plus sign is also a key.
  const parts = combo === "+" ? [combo] : combo.split("+");
  const last = parts.pop() ?? "";
  const wanted = keyNames[last] ?? last;
  if ((event.ctrlKey || event.metaKey) !== parts.includes("mod") || event.altKey !== parts.includes("alt"))
    return false;
  const isPunctuation = wanted.length === 1 && !/[a-z ]/.test(wanted);
  if (!isPunctuation && event.shiftKey !== parts.includes("shift")) return false;
  return keyOf(event) === wanted;
}

/** Whether a key types a character. */
export function isText({ key, ctrlKey, metaKey, altKey }: Press): boolean {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey;
}

function keyOf({ key, code }: Press): string {
  const lower = key.toLowerCase();
  if (/^[\x20-\x7e]+$/.test(lower)) return lower;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? usCharacters[code] ?? lower;
}

/**
 * Hides the keydowns of an input method (IME) from all other listeners. An IME uses Enter to choose a word and Escape to cancel.
 * Safari marks some of these events only by the old key code 229. Returns a function that stops listening.
 */
export function watchInputMethods(): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
  };
  addEventListener("keydown", listen, { capture: true });
  return () => removeEventListener("keydown", listen, { capture: true });
}
