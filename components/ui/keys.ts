/** What a keydown tells, of React's events and the browser's. */
export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const named: Readonly<Record<string, string>> = {
  up: "arrowup",
  down: "arrowdown",
  left: "arrowleft",
  right: "arrowright",
  esc: "escape",
  del: "delete",
  space: " ",
};

/** The sign of a key on a US keyboard, by its place. */
const places: Readonly<Record<string, string>> = { Slash: "/", Period: ".", Comma: ",", Minus: "-", Equal: "=" };

/**
 * Whether a key was pressed that is written like `mod+shift+c` or `alt+up`: `mod` is Ctrl or Cmd. Nothing else compares
 * keys. A letter is the one on the key, so on Dvorak and AZERTY too; where the keyboard writes another script, the key in
 * its place on a US keyboard. A sign may need Shift where it stands: on a German keyboard `/` is Shift+7.
 */
export function isKey(event: Press, combo: string): boolean {
  const parts = combo.split("+");
  const last = parts.pop() ?? "";
  const wanted = named[last] ?? last;
  if ((event.ctrlKey || event.metaKey) !== parts.includes("mod") || event.altKey !== parts.includes("alt"))
    return false;
  const isSign = wanted.length === 1 && !/[a-z ]/.test(wanted);
  if (!isSign && event.shiftKey !== parts.includes("shift")) return false;
  return typed(event) === wanted;
}

/** Whether a key is pressed that writes something. */
export function isText({ key, ctrlKey, metaKey, altKey }: Press): boolean {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey;
}

function typed({ key, code }: Press): string {
  const sign = key.toLowerCase();
  if (/^[\x20-\x7e]+$/.test(sign)) return sign;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? places[code] ?? sign;
}

/**
 * Keeps the keys that belong to an input method from everything on the page: its Enter chooses a word and its Escape
 * dismisses the candidates. Safari marks some of them only by the old key code 229. The browser's own editing goes on.
 */
export function watchInputMethods(): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
  };
  addEventListener("keydown", listen, { capture: true });
  return () => removeEventListener("keydown", listen, { capture: true });
}
