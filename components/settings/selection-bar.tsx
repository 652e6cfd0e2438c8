"use client";
import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { toCallError } from "@/lib/client/call-error";

export interface BulkAct {
  label: string;
  icon: ReactNode;
  /** The toast afterwards, for the number of rows that succeeded. */
  successMessage: (count: number) => string;
  run: (id: string) => Promise<unknown>;
  /** Asks before it runs. For acts that cannot be undone. */
  question?: { title: (count: number) => string; description: string };
  /** Undoes the act for one row. Offered for the rows that succeeded. */
  undo?: (id: string) => Promise<unknown>;
}

type SelectionBarProps = { ids: readonly string[]; acts: readonly BulkAct[]; onClear: () => void; onDone: () => void };

/** Actions on all selected rows. Runs an act row by row, then reports how many rows were refused, and why. */
export function SelectionBar({ ids, acts, onClear, onDone }: SelectionBarProps) {
  const [actToConfirm, setActToConfirm] = useState<BulkAct>();
  const [isOpen, setOpen] = useState(false);
  const runAct = useMutation(async ({ run, successMessage, undo }: BulkAct) => {
    const { succeeded, refusals } = await runForEach(ids, run);
    const undoAll = async () => {
      const undone = await runForEach(succeeded, undo ?? run);
      if (undone.refusals.length > 0) toast.error(`Couldn't undo ${undone.refusals.length}. ${undone.refusals[0]}`);
      onDone();
    };
    if (succeeded.length > 0)
      toast.success(
        successMessage(succeeded.length),
        undo && { action: { label: "Undo", onClick: () => void undoAll() } },
      );
    if (refusals.length > 0) toast.error(`${refusals.length} failed. ${refusals[0]}`);
    onDone();
  });
  function press(act: BulkAct) {
    if (!act.question) return void runAct.run(act);
    setActToConfirm(act);
    setOpen(true);
  }
  if (ids.length === 0) return null;
  return (
    <section
      aria-label="Actions for the selected rows"
      className="sticky bottom-4 z-10 mx-auto mt-4 flex w-fit max-w-full items-center gap-1 rounded-card border bg-surface-raised px-3 py-1.5 shadow-dialog"
    >
      <span role="status" className="px-2 whitespace-nowrap text-ui font-strong tabular-nums">
        {ids.length} selected
      </span>
      <div className="flex min-w-0 flex-wrap gap-1 max-md:[&_svg]:hidden">
        {acts.map((act) => (
          <Button key={act.label} variant="ghost" size="sm" busy={runAct.isPending} onClick={() => press(act)}>
            {act.icon}
            {act.label}
          </Button>
        ))}
      </div>
      <IconButton label="Clear selection" size="sm" onClick={onClear}>
        <X />
      </IconButton>
      {actToConfirm?.question && (
        <ConfirmDialog
          open={isOpen}
          onOpenChange={setOpen}
          title={actToConfirm.question.title(ids.length)}
          description={actToConfirm.question.description}
          confirmLabel={actToConfirm.label}
          danger={false}
          cancelFirst
          onConfirm={() => runAct.run(actToConfirm)}
        />
      )}
    </section>
  );
}

/** Runs an act row by row. A refusal does not stop the others. */
async function runForEach(ids: readonly string[], run: BulkAct["run"]) {
  const [succeeded, refusals]: [string[], string[]] = [[], []];
  for (const id of ids) {
    await run(id).then(
      () => succeeded.push(id),
      (error: unknown) => refusals.push(toCallError(error).message),
    );
  }
  return { succeeded, refusals };
}
