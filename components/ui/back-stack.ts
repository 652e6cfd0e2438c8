import { isDialogEntry, pushDialogEntry } from "@/components/shell/place";

/** Adds an open dialog, with what closes it. Returns a function that removes the dialog when it is closed. */
type BackStack = (close: () => void) => () => void;

/**
 * Makes Back close the newest open dialog instead of leaving the page. While dialogs are open, the browser's history has one entry for
 * them. A dialog that is closed otherwise leaves the entry: `openPlace` then replaces it, and Back skips it. Going back at once instead
 * could undo what the dialog opens. Without the Navigation API, Back does not skip it.
 */
export function createBackStack(): BackStack {
  const dialogs: (() => void)[] = [];
  /** The key of their entry. It stays the same when Next.js writes its own part of the state again. */
  let entryKey: string | undefined;
  /** The entry that the browser was at before it went to another one. */
  let cameFrom: NavigationHistoryEntry | null = null;

  function addEntry() {
    if (!isDialogEntry()) pushDialogEntry();
    entryKey = globalThis.navigation?.currentEntry?.key;
  }
  function onEntryChange({ from, navigationType }: NavigationCurrentEntryChangeEvent) {
    cameFrom = from;
    // A place has taken the entry.
    if (navigationType === "replace" && !isDialogEntry()) entryKey = undefined;
  }
  function onPopState() {
    if (isDialogEntry()) return;
    const close = dialogs.at(-1);
    if (close) {
      close();
      // If another one is open, or this one asks first, Back closes that next.
      setTimeout(() => dialogs.length > 0 && addEntry());
    } else if (
      cameFrom &&
      cameFrom.key === entryKey &&
      cameFrom.index > (globalThis.navigation.currentEntry?.index ?? 0)
    )
      history.back();
  }

  return (close) => {
    dialogs.push(close);
    addEntry();
    // Adding a listener again changes nothing. They stay, for the entry that is left.
    addEventListener("popstate", onPopState);
    globalThis.navigation?.addEventListener("currententrychange", onEntryChange);
    return () => void dialogs.splice(dialogs.indexOf(close), 1);
  };
}
