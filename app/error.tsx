"use client";
import { Centered } from "@/components/shell/centered";
import { FailedLater } from "@/components/shell/failed-later";

/** Shown when a page or its layout threw. A retry reloads the page, because an error on the server needs a new request. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <Centered>
      <title>Error · Parley</title>
      <FailedLater digest={error.digest} onRetry={() => location.reload()} hasHomeLink />
    </Centered>
  );
}
