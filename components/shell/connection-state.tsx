"use client";
import dynamic from "next/dynamic";
import { CloudAlert, RefreshCw, WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { retrying } from "@/components/ui/on-demand";
import { useConnection } from "@/lib/client/hooks/use-connection";

const OpenAt = dynamic(
  retrying(async () => ({ default: (await import("@/components/auth/open-at")).OpenAt })),
  { ssr: false },
);

const showAfterMs = 1_000;
/** A page that has just loaded says nothing for longer, because nothing was lost. */
const showConnectingAfterMs = 5_000;
const messageCounts = [
  "No messages",
  "One message",
  "Two messages",
  "Three messages",
  "Four messages",
  "Five messages",
];

function waitingSentence(count: number): string {
  if (count === 0) return "Anything you write is kept and sent later.";
  return `${messageCounts[count] ?? `${count} messages`} ${count === 1 ? "is waiting" : "are waiting"} to be sent.`;
}

const slowSentence = (count: number) =>
  count === 1 ? "Your last change is not saved yet." : `Your last ${count} changes are not saved yet.`;

/** Says what is wrong with the connection, if it lasts. */
export default function ConnectionState({ className }: { className: string }) {
  const { status, noNetwork, trouble, slowChanges, newVersion, wrongAddress, waitingCount, retryNow } = useConnection();
  const offline = (status === "offline" && !trouble) || noNetwork;
  const isLasting = useLasting(offline || trouble, showAfterMs);
  const isConnecting = useLasting(status === "connecting", showConnectingAfterMs);
  if (wrongAddress) {
    return (
      <Banner tone="danger" className={className}>
        <OpenAt {...wrongAddress} />
      </Banner>
    );
  }
  if (isLasting) {
    return (
      <Banner
        className={className}
        icon={offline ? <WifiOff aria-hidden /> : <CloudAlert aria-hidden />}
        action={
          <Button variant="link" onClick={retryNow}>
            Try now
          </Button>
        }
      >
        <b>{offline ? "Offline." : "The server can't save messages right now."}</b> {waitingSentence(waitingCount)}
        {slowChanges > 0 && ` ${slowSentence(slowChanges)}`}
      </Banner>
    );
  }
  if (isConnecting) {
    return (
      <Banner tone="neutral" className={className} icon={<CloudAlert aria-hidden />}>
        Still connecting. You can read and write already. {slowChanges > 0 && slowSentence(slowChanges)}
      </Banner>
    );
  }
  if (slowChanges > 0) {
    return (
      <Banner tone="neutral" className={className} icon={<CloudAlert aria-hidden />}>
        The server is slow to answer. {slowSentence(slowChanges)}
      </Banner>
    );
  }
  if (!newVersion) return null;
  return (
    <Banner
      tone="neutral"
      className={className}
      icon={<RefreshCw aria-hidden />}
      action={
        <Button variant="link-accent" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    >
      A new version of Parley is available. Reloading keeps your drafts.
    </Banner>
  );
}

/** Whether the condition has been true for this long. Shorter interruptions are not shown. */
function useLasting(condition: boolean, ms: number): boolean {
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    if (!condition) return;
    const timer = setTimeout(() => setHasLasted(true), ms);
    return () => {
      clearTimeout(timer);
      setHasLasted(false);
    };
  }, [condition, ms]);
  return condition && hasLasted;
}
