import { type Theme, themeKey } from "./theme";

// "system" sets no attribute: app/tokens.css then follows the system, without scripts.
export function apply({ theme, contrast }: Theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (contrast === "system") delete root.dataset.contrast;
  else root.dataset.contrast = contrast;
}

// Some private windows refuse storage. The system's theme is used then.
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

/** Applies the choice again after the document was replaced. */
export function restoreTheme() {
  apply(parse(read()));
}
