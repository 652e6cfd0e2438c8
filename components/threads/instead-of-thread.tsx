"use client";
import { MessageCircleQuestionMark } from "lucide-react";
import { InsteadOfLog, UnreadyLog } from "@/components/messages/unready-log";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import type { Log } from "@/lib/client/hooks/use-log";

type InsteadOfThreadProps = {
  log: Pick<Log, "status" | "error" | "retry">;
  /** Whether the viewer can't see the thread. */
  isMissing: boolean;
  onClose: () => void;
};

/** What is shown in the place of a thread while it is loaded, and if it can't be. */
export function InsteadOfThread({ log, isMissing, onClose }: InsteadOfThreadProps) {
  if (!isMissing) return <UnreadyLog log={log} title="Couldn't load this thread" />;
  return (
    <InsteadOfLog>
      <GoneThread onClose={onClose}>It may be from before you joined, or no longer exist.</GoneThread>
    </InsteadOfLog>
  );
}

export function GoneThread({ onClose, children }: { onClose: () => void; children: string }) {
  return (
    <Empty
      icon={<MessageCircleQuestionMark />}
      title="You can't see this thread"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {children}
    </Empty>
  );
}
