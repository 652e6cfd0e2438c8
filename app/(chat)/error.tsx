"use client";
import { FailedLater } from "@/components/shell/failed-later";

type ErrorProps = { error: Error & { digest?: string } };

/** A place of the chat that threw: the rooms stay beside it. Code that could not be fetched is asked for again by a reload alone. */
export default function ErrorPage({ error }: ErrorProps) {
  return <FailedLater digest={error.digest} onRetry={() => location.reload()} />;
}
