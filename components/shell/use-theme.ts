"use client";
import { useSyncExternalStore } from "react";

import { apply, parse, read } from "./applied-theme";
import { type ContrastChoice, type Theme, type ThemeChoice, themeKey as key } from "./theme";

const system: Theme = { theme: "system", contrast: "system" };
const changed = "parley:theme";

function choose(next: Theme) {
  apply(next);
  try {
    localStorage.setItem(key, `${next.theme} ${next.contrast}`);
  } catch {
    // Without storage, the choice lasts for this page only.
  }
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void) {
  // The choice was made in another tab.
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

/** The theme chosen on this device, and a function that changes it. */
export function useTheme() {
  const stored = useSyncExternalStore(subscribe, read, () => "");
  const now = stored ? parse(stored) : system;
  return {
    ...now,
    setTheme: (theme: ThemeChoice) => choose({ ...now, theme }),
    setContrast: (contrast: ContrastChoice) => choose({ ...now, contrast }),
  };
}
