"use client";
import { EyeOff } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { Message } from "@/lib/contract/message";
import { blockedWords } from "./blocked-words";
import { useLogContext, usePartIds } from "./log-context";
import { Time } from "./time";
import { clockTime } from "./times";

type BlockedRowProps = {
  message: Message;
  /** Whether the Tab key reaches this row. */
  active: boolean;
};

/** A message of somebody whom the viewer blocks. It says neither who wrote it nor what, until the viewer asks. */
export default function BlockedRow({ message, active }: BlockedRowProps) {
  const { bubbles, actions } = useLogContext();
  const ids = usePartIds(message.id);
  return (
    <div className={cn("px-5 max-md:px-4", bubbles ? "pt-3" : "pt-2.5 pb-0.5")}>
      <p
        className={cn(
          "inline-flex min-h-control items-center gap-2 rounded-full border border-dashed border-line-strong ps-3 pe-1 text-sm text-ink-faint max-md:min-h-touch",
          bubbles ? "ms-9" : "ms-12 max-md:ms-[46px]",
        )}
      >
        <EyeOff aria-hidden className="size-3.5 flex-none" />
        <span id={ids.body}>{blockedWords}</span>
        <button
          type="button"
          tabIndex={active ? 0 : -1}
          data-row-control
          className="min-h-6 rounded-full px-2 font-strong text-ink-soft hover:text-ink hover:underline max-md:min-h-touch"
          onClick={() => actions.showBlocked(message.id)}
        >
          Show<span className="sr-only"> the message</span>
        </button>
      </p>
      <Time
        id={ids.time}
        at={message.createdAt}
        format={clockTime}
        className="ms-2 text-xs text-ink-faint tabular-nums"
      />
    </div>
  );
}
