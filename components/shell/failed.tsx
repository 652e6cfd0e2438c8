"use client";
import { CloudAlert, RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

export type FailedProps = {
  /** Names the error in the log of the server; tells nothing of it. */
  digest: string | undefined;
  onRetry: () => void;
  /** A way home, where the page has none around it. */
  home?: boolean;
};

/** What threw is replaced by this: what to do, a code for an admin, and nothing of the error itself. */
export default function Failed({ digest, onRetry, home }: FailedProps) {
  return (
    <Empty
      icon={<CloudAlert />}
      title="Couldn't show this page"
      heading="h1"
      actions={
        <>
          {home && (
            <Button asChild>
              {/* oxlint-disable-next-line next/no-html-link-for-pages -- a new load leaves behind whatever threw */}
              <a href="/">Go to Parley</a>
            </Button>
          )}
          <Button variant="primary" icon={<RotateCw aria-hidden />} onClick={onRetry}>
            Try again
          </Button>
        </>
      }
    >
      Something went wrong. What you've written is safe. Try again in a moment.
      {digest && ` If it keeps happening, give an admin this code: ${digest}.`}
    </Empty>
  );
}
