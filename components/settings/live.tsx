"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { retrying } from "@/components/ui/on-demand";
import { LiveContext } from "@/lib/client/hooks/use-query";
import type { Parley } from "@/lib/client/parley";
import type { Home } from "@/lib/contract/home";
import { ClientContext } from "./with-client";

// The client is not needed for the first sight of a page.
const LiveClient = dynamic(
  retrying(() => import("./live-client")),
  { ssr: false },
);

/**
 * Keeps all settings pages current. After an administrative act of anybody, every query of the page loads again what it shows. When
 * the organization or one's own role or profile has changed, the server renders the page again. What was typed and selected stays.
 * Parts of the chat on these pages get its client through `WithClient`.
 */
export function LiveSettings({ home, version, children }: { home: Home; version: string; children: ReactNode }) {
  const [clock, setClock] = useState(home.organizationClock);
  const [client, setClient] = useState<Parley | null>(null);
  return (
    <>
      <LiveContext value={clock}>
        <ClientContext value={client}>{children}</ClientContext>
      </LiveContext>
      <LiveClient home={home} version={version} onClock={setClock} onClient={setClient} />
    </>
  );
}
