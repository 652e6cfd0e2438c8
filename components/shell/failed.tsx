"use client";
import { CloudAlert, RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

export type FailedProps = {
  /** The code under which the error is in the server's log. */
  digest: string | undefined;
  onRetry: () => void;
  /** Whether to link to the start page. */
  hasHomeLink?: boolean;
};

/** Shown instead of a component that threw. Says what to do, and shows a code for an admin instead of the error. */
export default function Failed({ digest, onRetry, hasHomeLink }: FailedProps) {
  return (
    <Empty
      icon={<CloudAlert />}
      title="Couldn't show this page"
      heading="h1"
      actions={
        <>
          {hasHomeLink && (
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
