"use client";
import { createContext, type ReactNode, useContext } from "react";
import { ParleyContext } from "@/lib/client/hooks/use-parley";
import { TextsContext } from "@/lib/client/hooks/use-text";
import type { Parley } from "@/lib/client/parley";

/** The chat's client on a settings page. Null until it is loaded, which happens after the page. */
export const ClientContext = createContext<Parley | null>(null);

/** Renders parts of the chat, which need the client, on a settings page. Shows `fallback` until the client is loaded. */
export function WithClient({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const client = useContext(ClientContext);
  if (!client) return fallback;
  return (
    <ParleyContext value={client}>
      <TextsContext value={client.texts}>{children}</TextsContext>
    </ParleyContext>
  );
}
