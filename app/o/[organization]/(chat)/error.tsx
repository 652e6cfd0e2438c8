"use client";
import { FailedLater } from "@/components/shell/failed-later";

type ErrorProps = { error: Error & { digest?: string } };

/** Shown when a page of the chat threw. The sidebar stays. Only a reload fetches code that failed to load. */
export default function ErrorPage({ error }: ErrorProps) {
  return <FailedLater digest={error.digest} onRetry={() => location.reload()} />;
}
