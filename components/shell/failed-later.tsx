"use client";
import { lazy, Suspense } from "react";
import type { FailedProps } from "./failed";

// Loaded when needed, so that no page loads it at the start. If that fails too, `Plain` is shown.
const Failed = lazy(() => import("./failed").catch(() => ({ default: Plain })));

/** `Failed`, fetched when something has failed. */
export function FailedLater(props: FailedProps) {
  return (
    <Suspense>
      <Failed {...props} />
    </Suspense>
  );
}

function Plain({ onRetry }: FailedProps) {
  return (
    <div className="m-auto p-8 text-center">
      <h1 className="text-lg">Couldn't show this page</h1>
      <p className="text-ui text-ink-soft">What you have written is safe. Check the connection, then try again.</p>
      <button type="button" onClick={onRetry} className="mt-4 h-touch px-4 font-medium text-accent-ink">
        Try again
      </button>
    </div>
  );
}
