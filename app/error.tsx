"use client";
import { Alone } from "@/components/shell/alone";
import { FailedLater } from "@/components/shell/failed-later";

/** Shown when a page or its layout threw. If it threw on the server, only a reload runs it again. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <Alone>
      <title>Error · Parley</title>
      <FailedLater digest={error.digest} onRetry={() => location.reload()} home />
    </Alone>
  );
}
