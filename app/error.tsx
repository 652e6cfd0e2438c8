"use client";
import { Centered } from "@/components/shell/centered";
import { FailedLater } from "@/components/shell/failed-later";

/** Shown when a page or its layout threw. If it threw on the server, only a reload runs it again. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <Centered>
      <title>Error · Parley</title>
      <FailedLater digest={error.digest} onRetry={() => location.reload()} hasHomeLink />
    </Centered>
  );
}
