"use client";
import { createContext, type ReactNode, useContext } from "react";
import { ParleyContext } from "@/lib/client/hooks/use-parley";
import { TextsContext } from "@/lib/client/hooks/use-text";
import type { Parley } from "@/lib/client/parley";

/** The client of the settings. Null until it is loaded, which happens after the page. */
export const ClientContext = createContext<Parley | null>(null);

/** Shows parts of the chat in the settings: the fallback until the client is there, which they need. */
export function WithClient({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const client = useContext(ClientContext);
  if (!client) return fallback;
  return (
    <ParleyContext value={client}>
      <TextsContext value={client.texts}>{children}</TextsContext>
    </ParleyContext>
  );
}
