"use client";
import { Alone } from "@/components/shell/alone";
import { FailedLater } from "@/components/shell/failed-later";

/** A page, or a layout of pages, that threw. It may have thrown on the server, which only a reload asks again. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <Alone>
      <title>Error · Parley</title>
      <FailedLater digest={error.digest} onRetry={() => location.reload()} home />
    </Alone>
  );
}
