"use client";
import { type ReactNode, useEffect, useState } from "react";
import type { Home } from "@/lib/contract/home";
import { createBrowserParley } from "./browser";
import { ParleyContext } from "./hooks/use-parley";
import { TextsContext } from "./hooks/use-text";
import { watchPage } from "./watch-page";

/** Provides one client for the page. `home` is the home that the server rendered the page with. `version` is the page's build. */
export function ParleyProvider({ home, version, children }: { home: Home; version: string; children: ReactNode }) {
  const [parley] = useState(() => createBrowserParley(home, version));
  useEffect(() => {
    parley.start();
    const unwatch = watchPage(parley);
    return () => {
      unwatch();
      parley.stop();
    };
  }, [parley]);
  return (
    <ParleyContext value={parley}>
      <TextsContext value={parley.texts}>{children}</TextsContext>
    </ParleyContext>
  );
}
