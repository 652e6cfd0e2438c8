import { type Theme, themeKey } from "./theme";

// "system" sets no attribute: app/tokens.css then follows the system, without scripts.
export function applyTheme({ theme, contrast }: Theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (contrast === "system") delete root.dataset.contrast;
  else root.dataset.contrast = contrast;
}

// Some private windows refuse storage. The system's theme is used then.
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

/** Applies the choice again after the document was replaced. */
export function restoreTheme() {
  applyTheme(parseTheme(readStoredTheme()));
}
