"use client";
import { FailedLater } from "@/components/shell/failed-later";

type ErrorProps = { error: Error & { digest?: string } };

/** Shown when a page of the chat threw; the sidebar stays. Code that failed to load is fetched again only by a reload. */
export default function ErrorPage({ error }: ErrorProps) {
  return <FailedLater digest={error.digest} onRetry={() => location.reload()} />;
}
