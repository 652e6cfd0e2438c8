import { type Theme, themeKey } from "./theme";

// "system" is the absence of an attribute: then app/tokens.css follows the system by itself, live and without scripts.
export function apply({ theme, contrast }: Theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (contrast === "system") delete root.dataset.contrast;
  else root.dataset.contrast = contrast;
}

// Storage is refused in some private windows; the system's theme is then a fine answer.
export function read(): string {
  try {
    return localStorage.getItem(themeKey) ?? "";
  } catch {
    return "";
  }
}

export function parse(stored: string): Theme {
  const [theme, contrast] = stored.split(" ");
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    contrast: contrast === "normal" || contrast === "more" ? contrast : "system",
  };
}

/** Puts the choice back on a document that was made anew. */
export function restoreTheme() {
  apply(parse(read()));
}
