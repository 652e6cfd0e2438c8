"use client";
import { CloudAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LogSkeleton } from "@/components/ui/skeleton";
import type { Log } from "@/lib/client/hooks/use-log";

/** What is shown in the place of a log. */
export function InsteadOfLog({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-1 flex-col overflow-hidden pt-bar">{children}</div>;
}

type UnreadyLogProps = {
  log: Pick<Log, "status" | "error" | "retry">;
  /** Says what couldn't be loaded. */
  title: string;
  /** Said after the reason. */
  note?: string;
};

/** Placeholders while a log is loaded, or why it couldn't be. */
export function UnreadyLog({ log, title, note }: UnreadyLogProps) {
  return (
    <InsteadOfLog>
      {log.status !== "error" ? (
        <LogSkeleton className="mt-auto" />
      ) : (
        <Empty
          icon={<CloudAlert />}
          title={title}
          actions={
            <Button variant="primary" icon={<RotateCw aria-hidden />} onClick={log.retry}>
              Try again
            </Button>
          }
        >
          {log.error?.message} {note}
        </Empty>
      )}
    </InsteadOfLog>
  );
}
