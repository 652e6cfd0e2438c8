"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { retrying } from "@/components/ui/on-demand";
import { LiveContext } from "@/lib/client/hooks/use-query";
import type { Home } from "@/lib/contract/home";

// The client is not needed for the first sight of a page.
const LiveClient = dynamic(
  retrying(() => import("./live-client")),
  { ssr: false },
);

/**
 * Keeps all settings pages current. After an administrative act of anybody, every query of the page loads again what it shows. When
 * the organization or one's own role or profile has changed, the server renders the page again. What was typed and selected stays.
 */
export function LiveSettings({ home, version, children }: { home: Home; version: string; children: ReactNode }) {
  const [clock, setClock] = useState(home.organizationClock);
  return (
    <>
      <LiveContext value={clock}>{children}</LiveContext>
      <LiveClient home={home} version={version} onClock={setClock} />
    </>
  );
}
