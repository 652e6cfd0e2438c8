"use client";
import { Monitor, Smartphone } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Time } from "@/components/messages/time";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ListSkeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Session } from "@/lib/contract/session";
import { deviceName, isPhone } from "./device";
import { distance } from "./distance";
import { LoadError } from "./load-error";

/** All my sessions, the current one first. */
export function Sessions() {
  const call = useCall();
  const { data, error, reload } = useQuery({}, (ask) => ask("session.list", { limit: 100 }));
  const [sessionToEnd, setSessionToEnd] = useState<Session>();
  const [isConfirming, setConfirming] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const shouldFocusList = useRef(false);

  // Ending a session removes its row, which had the keyboard focus.
  useEffect(() => {
    if (shouldFocusList.current) list.current?.focus();
    shouldFocusList.current = false;
  }, [data]);

  if (error) return <LoadError title="Couldn't load your sessions" message={error.message} onRetry={reload} />;
  if (!data) return <ListSkeleton rows={2} label="Loading your sessions" />;
  const sessions = data.sessions.toSorted((a, b) => Number(b.current) - Number(a.current));

  async function end(session: Session) {
    await call("session.revoke", { sessionId: session.id });
    toast.success(`Signed out ${deviceName(session.userAgent)}`);
    shouldFocusList.current = true;
    reload();
  }

  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label="Your sessions" className="-mt-1 outline-none">
        {sessions.map((session) => (
          <Row
            key={session.id}
            session={session}
            onEnd={() => {
              setSessionToEnd(session);
              setConfirming(true);
            }}
          />
        ))}
      </ul>
      {sessionToEnd && (
        <ConfirmDialog
          open={isConfirming}
          onOpenChange={setConfirming}
          title={`Sign out ${deviceName(sessionToEnd.userAgent)}?`}
          description="It's signed out right away. Anyone using it will have to sign in again."
          confirmLabel="Sign out"
          onConfirm={() => end(sessionToEnd)}
        />
      )}
    </>
  );
}

function Row({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { userAgent, address, lastUsedAt, createdAt, current } = session;
  const Icon = isPhone(userAgent) ? Smartphone : Monitor;
  return (
    <li className="flex min-h-13 items-center gap-3 border-t py-2 first:border-t-0">
      <span
        aria-hidden
        className="grid size-9 flex-none place-items-center rounded-toolbar bg-hover text-ink-soft [&_svg]:size-4"
      >
        <Icon />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-ui font-medium wrap-anywhere">{deviceName(userAgent)}</p>
        <p className="text-sm leading-[1.4] text-ink-faint wrap-anywhere">
          {address && `${address} · `}
          {current ? (
            <>
              signed in <Time at={createdAt} format={distance} />
            </>
          ) : (
            <>
              last used <Time at={lastUsedAt} format={distance} />
            </>
          )}
        </p>
      </div>
      {current ? (
        <Tag tone="success">This device</Tag>
      ) : (
        <Button size="sm" variant="danger-quiet" onClick={onEnd} aria-label={`Sign out ${deviceName(userAgent)}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
