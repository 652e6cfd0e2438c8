"use client";
import { useSyncExternalStore } from "react";

import { applyTheme, parseTheme, readStoredTheme } from "./applied-theme";
import { type ContrastChoice, type Theme, type ThemeChoice, themeKey as key } from "./theme";

const system: Theme = { theme: "system", contrast: "system" };
const themeChanged = "parley:theme";

function storeAndApply(next: Theme) {
  applyTheme(next);
  try {
    localStorage.setItem(key, `${next.theme} ${next.contrast}`);
  } catch {
    // Without storage, the choice lasts for this page only.
  }
  dispatchEvent(new Event(themeChanged));
}

function subscribe(listener: () => void) {
  // The storage event fires when another tab changes the theme.
  const onStorage = ({ key: stored }: StorageEvent) => {
    if (stored !== key) return;
    applyTheme(parseTheme(readStoredTheme()));
    listener();
  };
  addEventListener(themeChanged, listener);
  addEventListener("storage", onStorage);
  return () => {
    removeEventListener(themeChanged, listener);
    removeEventListener("storage", onStorage);
  };
}

/** The theme chosen on this device, and a function that changes it. */
export function useTheme() {
  const stored = useSyncExternalStore(subscribe, readStoredTheme, () => "");
  const current = stored ? parseTheme(stored) : system;
  return {
    ...current,
    setTheme: (theme: ThemeChoice) => storeAndApply({ ...current, theme }),
    setContrast: (contrast: ContrastChoice) => storeAndApply({ ...current, contrast }),
  };
}
