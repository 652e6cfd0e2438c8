"use client";
import { Button } from "./button";

/** Shown instead of a small part whose code could not be fetched. */
export function MissingNote({ onRetry }: { onRetry: () => void }) {
  return (
    <p role="alert" className="flex flex-wrap items-center gap-x-3 p-4 text-sm text-ink-soft">
      Couldn't load this. It appears when the connection is back.
      <Button variant="link" onClick={onRetry}>
        Try now
      </Button>
    </p>
  );
}
