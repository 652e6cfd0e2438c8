"use client";
import { CircleAlert, Clock } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Marks a message that waits to be sent. It fades in late, so that it does not flash on a message that is sent at once. */
export function WaitingMark({ id }: { id: string }) {
  return (
    <span
      id={id}
      className="ml-2 not-copied inline-flex animate-late items-center gap-1 align-[-1px] text-xs text-ink-faint"
    >
      <Clock aria-hidden className="size-3" />
      waiting
    </span>
  );
}

type FailedNoteProps = {
  id: string;
  reason: string | undefined;
  onRetry: () => void;
  onEdit: () => void;
  onDiscard: () => void;
};

/** Says why a message could not be sent, with buttons to retry, edit or discard it. */
export function FailedNote({ id, reason, onRetry, onEdit, onDiscard }: FailedNoteProps) {
  return (
    <div className="mt-1 not-copied flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-danger-ink">
      <span id={id} className="inline-flex items-center gap-1.5">
        <CircleAlert aria-hidden className="size-3.5" />
        Not sent. {reason ?? "The server didn't respond."}
      </span>
      <span className="inline-flex gap-3">
        <Button variant="link" className="text-ink! text-underlined" onClick={onRetry}>
          Retry
        </Button>
        <Button variant="link" className="text-underlined" onClick={onEdit}>
          Edit
        </Button>
        <Button variant="link" className="text-underlined" onClick={onDiscard}>
          Discard
        </Button>
      </span>
    </div>
  );
}
