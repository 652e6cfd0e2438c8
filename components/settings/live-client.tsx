"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { PersonCards } from "@/components/profile/person-cards";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { useMe } from "@/lib/client/hooks/use-me";
import { useOrganizationClock } from "@/lib/client/hooks/use-organization-clock";
import { usePreferences } from "@/lib/client/hooks/use-preferences";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { Parley } from "@/lib/client/parley";
import { ParleyProvider } from "@/lib/client/provider";
import type { Home } from "@/lib/contract/home";

type LiveClientProps = {
  home: Home;
  version: string;
  onClock: (clock: number) => void;
  /** Called with the client when it is ready, and with null when it is removed. */
  onClient: (client: Parley | null) => void;
};

/** Starts the chat's client on a settings page. Renders only the cards of people. */
export default function LiveClient({ home, version, ...on }: LiveClientProps) {
  return (
    <ParleyProvider home={home} version={version}>
      <Changes {...on} />
    </ParleyProvider>
  );
}

function Changes({ onClock, onClient }: Pick<LiveClientProps, "onClock" | "onClient">) {
  const client = useParley();
  useEffect(() => {
    onClient(client);
    return () => onClient(null);
  }, [onClient, client]);

  const { refresh } = useRouter();
  const clock = useOrganizationClock();
  useEffect(() => onClock(clock), [onClock, clock]);

  const { me, organization } = useMe();
  const preferences = usePreferences();
  const isSignedOut = useConnection().status === "signed_out";
  const rendered = JSON.stringify([me, organization, preferences, isSignedOut]);
  const last = useRef(rendered);
  useEffect(() => {
    if (rendered === last.current) return;
    last.current = rendered;
    refresh();
  }, [refresh, rendered]);
  return <PersonCards />;
}
