import type { TextStorage } from "./texts";

/** A browser's own storage, touched only when it is used: pages are rendered on the server, too. */
export const browserTexts: TextStorage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, text) => localStorage.setItem(key, text),
  removeItem: (key) => localStorage.removeItem(key),
};
