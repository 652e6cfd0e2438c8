import type { TextStorage } from "./texts";

/** Accesses `localStorage` only when used, because the server that renders the page has none. */
export const browserTexts: TextStorage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, text) => localStorage.setItem(key, text),
  removeItem: (key) => localStorage.removeItem(key),
  keys: () => Object.keys(localStorage),
};
