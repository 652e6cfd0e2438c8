"use client";
import { FailedLater } from "@/components/shell/failed-later";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** A place of the chat that threw: the rooms stay beside it. */
export default function ErrorPage({ error, reset }: ErrorProps) {
  return <FailedLater digest={error.digest} onRetry={reset} />;
}
