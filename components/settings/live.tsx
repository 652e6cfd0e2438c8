"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { useMe } from "@/lib/client/hooks/use-me";
import { useOrganizationClock } from "@/lib/client/hooks/use-organization-clock";
import { LiveContext } from "@/lib/client/hooks/use-query";

/**
 * Keeps all settings pages current. After an administrative act of anybody, every query of the page loads again what it shows. When
 * the organization or my own role or profile has changed, the server renders the page again. What was typed and selected stays.
 */
export function LiveSettings({ children }: { children: ReactNode }) {
  const { refresh } = useRouter();
  const { me, organization } = useMe();
  const isSignedOut = useConnection().status === "signed_out";
  const rendered = JSON.stringify([me, organization, isSignedOut]);
  const last = useRef(rendered);
  useEffect(() => {
    if (rendered === last.current) return;
    last.current = rendered;
    refresh();
  }, [refresh, rendered]);
  return <LiveContext value={useOrganizationClock()}>{children}</LiveContext>;
}
