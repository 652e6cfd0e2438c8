"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { toCallError } from "@/lib/client/call-error";

export interface BulkAct {
  label: string;
  icon: ReactNode;
  /** What is said at the end, for how many rows it was done. */
  done: (count: number) => string;
  run: (id: string) => Promise<unknown>;
}

type SelectionBarProps = { ids: readonly string[]; acts: readonly BulkAct[]; onClear: () => void; onDone: () => void };

/** What can be done to the selected rows at once. Does it row by row, and says for how many it was refused, and why. */
export function SelectionBar({ ids, acts, onClear, onDone }: SelectionBarProps) {
  const running = useMutation(async ({ run, done }: BulkAct) => {
    const refusals: string[] = [];
    for (const id of ids) await run(id).catch((error: unknown) => refusals.push(toCallError(error).message));
    if (refusals.length < ids.length) toast.success(done(ids.length - refusals.length));
    if (refusals.length > 0) toast.error(`${refusals.length} not done. ${refusals[0]}`);
    onDone();
  });
  if (ids.length === 0) return null;
  return (
    <section
      aria-label="Selected"
      className="sticky bottom-4 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-1 rounded-card border bg-surface-raised px-3 py-1.5 shadow-dialog"
    >
      <span role="status" className="px-2 text-ui font-strong tabular-nums">
        {ids.length} selected
      </span>
      {acts.map((act) => (
        <Button
          key={act.label}
          variant="ghost"
          size="sm"
          busy={running.isPending}
          onClick={() => void running.run(act)}
        >
          {act.icon}
          {act.label}
        </Button>
      ))}
      <IconButton label="Clear selection" size="sm" onClick={onClear}>
        <X />
      </IconButton>
    </section>
  );
}
