"use client";
import { Pencil, SmilePlus } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { Person } from "@/lib/contract/person";
import type { Status } from "./status";
import { useStatus, useUntilWords } from "./use-status";

/** My status on my own card, as a button that changes it. */
export function MyStatus({ me, onSetStatus }: { me: Person; onSetStatus: () => void }) {
  const status = useStatus(me);
  return (
    <button
      type="button"
      className="flex min-h-control w-full items-center gap-2.5 rounded-control bg-hover px-3 py-2 text-start text-ui hover:bg-press max-md:min-h-touch"
      onClick={onSetStatus}
    >
      {status ? (
        <StatusLine status={status} className="min-w-0 flex-1" />
      ) : (
        <span className="flex-1 text-ink-soft">Set a status</span>
      )}
      {status ? (
        <Pencil aria-label="Change" className="size-3.5 flex-none text-ink-faint" />
      ) : (
        <SmilePlus aria-hidden className="size-4 flex-none text-ink-faint" />
      )}
    </button>
  );
}

/** A status in one line: the emoji, the text, and when it ends. */
export function StatusLine({ status, className }: { status: Status; className?: string }) {
  const until = useUntilWords(status);
  return (
    <span className={cn("flex items-center gap-2.5", className)}>
      {status.emoji && <span className="flex-none text-lg leading-none">{status.emoji}</span>}
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
        <bdi className="min-w-0 wrap-anywhere">{status.text}</bdi>
        {until && <span className="ms-auto text-xs text-ink-faint">{until}</span>}
      </span>
    </span>
  );
}
