import type { TextsStore } from "./stores/texts";

/** What keeps texts across reloads; `localStorage` is one. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Unsent text by place. A place is a room's id for its composer; every other field has a name of its own. */
export interface Texts {
  store: TextsStore;
  /** An empty text where there is none. */
  read(place: string): string;
  /** An empty text removes it. */
  write(place: string, text: string): void;
  /** Another tab changed what is stored under a key. `null`: it is gone. */
  heard(key: string | null, text: string | null): void;
  /** Whether the storage holds every text, so that a reload loses none. */
  isKept(): boolean;
}

/** Keeps unsent text across reloads and tabs, separately for each person: another account in this browser never sees it. */
export function createTexts(options: { store: TextsStore; personId: string; storage: TextStorage | undefined }): Texts {
  const { store, personId, storage } = options;
  const prefix = `parley.text.${personId}.`;
  const show = (place: string, text: string) =>
    store.setState(({ texts }) => (texts[place] === text ? {} : { texts: { ...texts, [place]: text } }));

  return {
    store,
    read(place) {
      const shown = store.getState().texts[place];
      if (shown !== undefined) return shown;
      const text = attempt(() => storage?.getItem(prefix + place)) ?? "";
      show(place, text);
      return text;
    },
    write(place, text) {
      show(place, text);
      attempt(() => (text ? storage?.setItem(prefix + place, text) : storage?.removeItem(prefix + place)));
    },
    heard(key, text) {
      if (key?.startsWith(prefix)) show(key.slice(prefix.length), text ?? "");
    },
    isKept: () =>
      Object.entries(store.getState().texts).every(
        ([place, text]) => text === (attempt(() => storage?.getItem(prefix + place)) ?? ""),
      ),
  };
}

/** Browsers may refuse storage at any moment; the text in memory is what counts. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
