import { type Theme, themeKey } from "./theme";

// "system" sets no attribute: without one, app/tokens.css follows the system's theme.
export function applyTheme({ theme, contrast }: Theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (contrast === "system") delete root.dataset.contrast;
  else root.dataset.contrast = contrast;
}

// If the browser refuses storage, as in some private windows, the system's theme is used.
export function readStoredTheme(): string {
  try {
    return localStorage.getItem(themeKey) ?? "";
  } catch {
    return "";
  }
}

export function parseTheme(stored: string): Theme {
  const [theme, contrast] = stored.split(" ");
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    contrast: contrast === "normal" || contrast === "more" ? contrast : "system",
  };
}

/** Applies the stored theme again after the document was replaced. */
export function restoreTheme() {
  applyTheme(parseTheme(readStoredTheme()));
}
