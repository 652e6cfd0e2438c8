import type { TextsStore } from "./stores/texts";

/** A storage that survives reloads, such as `localStorage`. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> & {
  /** The keys of everything that is stored. */
  keys?(): string[];
};

/**
 * Unsent texts by place. The place of a room's composer is the room's id; every other text field has its own name. The texts of
 * composers are also kept on the server, as drafts (`drafts.ts`).
 */
export interface Texts {
  store: TextsStore;
  /** Returns "" if there is no text. */
  read(place: string): string;
  /** Writing "" removes the text. */
  write(place: string, text: string): void;
  /** Call when another tab has changed what is stored under a key. */
  onStorageChange(key: string | null): void;
  /** Reads a text from the storage again: another tab may have changed it, and the event that says so may be late. */
  refresh(place: string): void;
  /** Whether the storage holds every text, so that a reload loses none. */
  isKept(): boolean;
  storage: TextStorage | undefined;
  /** What the storage's keys begin with; the place follows. */
  prefix: string;
}

/** Keeps unsent text across reloads and tabs, separately for each person: another account in this browser never sees it. */
export function createTexts(options: {
  store: TextsStore;
  personId: string;
  storage: TextStorage | undefined;
  /** Called when this tab has written a text, or with `isElsewhere` another tab of this browser. */
  onWrite?: (place: string, isElsewhere?: boolean) => void;
}): Texts {
  const { store, personId, storage, onWrite } = options;
  const prefix = `parley.text.${personId}.`;
  const put = (place: string, text: string) =>
    store.setState(({ texts }) => (texts[place] === text ? {} : { texts: { ...texts, [place]: text } }));

  /** The places whose newest text the storage has refused. */
  const refused = new Set<string>();
  function readAgain(place: string): void {
    unlessRefused(() => put(place, storage?.getItem(prefix + place) ?? ""));
    onWrite?.(place, true);
  }

  return {
    store,
    storage,
    prefix,
    read(place) {
      const loaded = store.getState().texts[place];
      if (loaded !== undefined) return loaded;
      const text = unlessRefused(() => storage?.getItem(prefix + place)) ?? "";
      put(place, text);
      return text;
    },
    write(place, text) {
      put(place, text);
      const isStored = unlessRefused(() => {
        if (text) storage?.setItem(prefix + place, text);
        else storage?.removeItem(prefix + place);
        return storage !== undefined;
      });
      if (isStored) refused.delete(place);
      else refused.add(place);
      onWrite?.(place);
    },
    onStorageChange(key) {
      // The event may be older than what this tab has stored since, so its own text says nothing.
      if (key?.startsWith(prefix)) readAgain(key.slice(prefix.length));
    },
    refresh(place) {
      if (!refused.has(place)) readAgain(place);
    },
    isKept: () =>
      Object.entries(store.getState().texts).every(
        ([place, text]) => text === (unlessRefused(() => storage?.getItem(prefix + place)) ?? ""),
      ),
  };
}

/** A browser may refuse access at any moment. The text then stays in memory only. */
function unlessRefused<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
