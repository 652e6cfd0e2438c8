import type { Parley } from "./parley";
import type { ComposerStore } from "./stores/composer";

/** What keeps texts across reloads; `localStorage` is one. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Keeps what stands in each room's composer. By person: another account in this browser never sees it. */
export function createComposer(options: {
  store: ComposerStore;
  personId: string;
  storage: TextStorage | undefined;
}): Parley["composer"] {
  const { store, personId, storage } = options;
  const keyOf = (roomId: string) => `parley.text.${personId}.${roomId}`;
  const show = (roomId: string, text: string) =>
    store.setState(({ texts }) => ({ texts: { ...texts, [roomId]: text } }));

  return {
    read(roomId) {
      const known = store.getState().texts[roomId];
      if (known !== undefined) return known;
      const text = attempt(() => storage?.getItem(keyOf(roomId))) ?? "";
      show(roomId, text);
      return text;
    },
    write(roomId, text) {
      show(roomId, text);
      attempt(() => (text ? storage?.setItem(keyOf(roomId), text) : storage?.removeItem(keyOf(roomId))));
    },
    isKept: () =>
      Object.entries(store.getState().texts).every(
        ([roomId, text]) => text === (attempt(() => storage?.getItem(keyOf(roomId))) ?? ""),
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
