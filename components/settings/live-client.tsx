"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { useMe } from "@/lib/client/hooks/use-me";
import { useOrganizationClock } from "@/lib/client/hooks/use-organization-clock";
import { ParleyProvider } from "@/lib/client/provider";
import type { Home } from "@/lib/contract/home";

type LiveClientProps = { home: Home; version: string; onClock: (clock: number) => void };

/** The client of a settings page. It shows nothing. */
export default function LiveClient({ home, version, onClock }: LiveClientProps) {
  return (
    <ParleyProvider home={home} version={version}>
      <Changes onClock={onClock} />
    </ParleyProvider>
  );
}

function Changes({ onClock }: Pick<LiveClientProps, "onClock">) {
  const { refresh } = useRouter();
  const clock = useOrganizationClock();
  useEffect(() => onClock(clock), [onClock, clock]);

  const { me, organization } = useMe();
  const isSignedOut = useConnection().status === "signed_out";
  const rendered = JSON.stringify([me, organization, isSignedOut]);
  const last = useRef(rendered);
  useEffect(() => {
    if (rendered === last.current) return;
    last.current = rendered;
    refresh();
  }, [refresh, rendered]);
  return null;
}
