"use client";
import { lazy, Suspense } from "react";
import type { FailedProps } from "./failed";

// Fetched only after an error. If fetching fails too, `PlainFailed` is shown.
const Failed = lazy(() => import("./failed").catch(() => ({ default: PlainFailed })));

/** `Failed`, whose code is fetched when it is first shown. */
export function FailedLater(props: FailedProps) {
  return (
    <Suspense>
      <Failed {...props} />
    </Suspense>
  );
}

function PlainFailed({ onRetry }: FailedProps) {
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
