"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { retrying } from "@/components/ui/on-demand";
import { LiveContext } from "@/lib/client/hooks/use-query";
import type { Parley } from "@/lib/client/parley";
import type { Home } from "@/lib/contract/home";
import { ClientContext } from "./with-client";

// The first render does not need the client.
const LiveClient = dynamic(
  retrying(() => import("./live-client")),
  { ssr: false },
);

/**
 * Keeps the settings pages current. After any administrative act, every query on the page reloads. When the organization or the
 * viewer's role, profile or preferences change, the server renders the page again. Typed text and selections stay. Parts of the chat
 * on these pages get the client through `WithClient`.
 */
export function LiveSettings({ home, version, children }: { home: Home; version: string; children: ReactNode }) {
  const [clock, setClock] = useState(home.organizationClock);
  const [client, setClient] = useState<Parley | null>(null);
  useRepeatedPress(client !== null);
  return (
    <>
      <LiveContext value={clock}>
        <ClientContext value={client}>{children}</ClientContext>
      </LiveContext>
      <LiveClient home={home} version={version} onClock={setClock} onClient={setClient} />
    </>
  );
}

/** Repeats the last press on a person's name that came before their cards could open. */
function useRepeatedPress(isReady: boolean) {
  const pressed = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (isReady) {
      pressed.current?.click();
      pressed.current = null;
      return;
    }
    const listen = ({ target }: MouseEvent) => {
      pressed.current = target instanceof Element ? target.closest<HTMLElement>("[data-person]") : null;
    };
    document.addEventListener("click", listen);
    return () => document.removeEventListener("click", listen);
  }, [isReady]);
}
