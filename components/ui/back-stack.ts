import { isDialogEntry, pushDialogEntry } from "@/components/shell/place";

/** Adds an open dialog, with what closes it. Returns a function that removes the dialog when it is closed. */
type BackStack = (close: () => void) => () => void;

/** An entry of the browser's history. */
interface Entry {
  index: number;
  /** Whether it is one of dialogs. */
  isOfDialogs: boolean;
}

/**
 * Makes Back close the newest open dialog instead of leaving the page (decision 0070). While dialogs are open, the browser's history has
 * one entry for them. A dialog that is closed otherwise leaves the entry: `openPlace` then replaces it, and Back skips it. Going back at
 * once instead could undo what the dialog opens. Without the Navigation API, Back does not skip it.
 */
export function createBackStack(): BackStack {
  const dialogs: (() => void)[] = [];
  /** Where the browser is, and where it was before. The state says it of an entry, also after Next.js has written it again. */
  let current: Entry | undefined;
  let last: Entry | undefined;

  function onEntryChange() {
    const index = globalThis.navigation?.currentEntry?.index ?? 0;
    // Next.js also replaces the entry that was reached, before `popstate`.
    if (index !== current?.index) last = current;
    current = { index, isOfDialogs: isDialogEntry() };
  }
  function addEntry() {
    if (!isDialogEntry()) pushDialogEntry();
  }
  function onPopState() {
    if (isDialogEntry()) return;
    const close = dialogs.at(-1);
    if (close) {
      close();
      // If another one is open, or this one asks first, Back closes that next.
      setTimeout(() => dialogs.length > 0 && addEntry());
    } else if (last?.isOfDialogs && last.index - 1 === current?.index) history.back();
  }

  return (close) => {
    // Adding a listener again changes nothing. They stay, for the entry that is left.
    addEventListener("popstate", onPopState);
    globalThis.navigation?.addEventListener("currententrychange", onEntryChange);
    dialogs.push(close);
    addEntry();
    // The entry may be older than the listener.
    if (!current) onEntryChange();
    return () => void dialogs.splice(dialogs.indexOf(close), 1);
  };
}
