"use client";
import { type ReactNode, useEffect, useState } from "react";
import type { Home } from "@/lib/contract/home";
import { createParley } from "./engine";
import { ParleyContext } from "./hook./use-parley";

/** One engine for the page, from the home that the server rendered it with. `version` is the page's build. */
export function ParleyProvider({ home, version, children }: { home: Home; version: string; children: ReactNode }) {
  const [parley] = useState(() => createParley({ home, version }));
  useEffect(() => {
    parley.start();
    return () => parley.stop();
  }, [parley]);
  return <ParleyContext value={parley}>{children}</ParleyContext>;
}
