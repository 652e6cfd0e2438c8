"use client";
import { useSyncExternalStore } from "react";

import { type ContrastChoice, type Theme, type ThemeChoice, themeKey as key } from "./theme";

const system: Theme = { theme: "system", contrast: "system" };
const changed = "parley:theme";

// "system" is the absence of an attribute: then app/tokens.css follows the system by itself, live and without scripts.
function apply({ theme, contrast }: Theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (contrast === "system") delete root.dataset.contrast;
  else root.dataset.contrast = contrast;
}

// Storage is refused in some private windows; the system's theme is then a fine answer.
function read(): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function parse(stored: string): Theme {
  const [theme, contrast] = stored.split(" ");
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    contrast: contrast === "normal" || contrast === "more" ? contrast : "system",
  };
}

function choose(next: Theme) {
  apply(next);
  try {
    localStorage.setItem(key, `${next.theme} ${next.contrast}`);
  } catch {
    // Chosen for this page only.
  }
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void) {
  // Another tab chose.
  const elsewhere = ({ key: stored }: StorageEvent) => {
    if (stored !== key) return;
    apply(parse(read()));
    listener();
  };
  addEventListener(changed, listener);
  addEventListener("storage", elsewhere);
  return () => {
    removeEventListener(changed, listener);
    removeEventListener("storage", elsewhere);
  };
}

/** What this person chose on this device, and how to choose again. */
export function useTheme() {
  const stored = useSyncExternalStore(subscribe, read, () => "");
  const now = stored ? parse(stored) : system;
  return {
    ...now,
    setTheme: (theme: ThemeChoice) => choose({ ...now, theme }),
    setContrast: (contrast: ContrastChoice) => choose({ ...now, contrast }),
  };
}
