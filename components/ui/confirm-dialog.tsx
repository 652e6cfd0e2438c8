"use client";
import type { ReactNode } from "react";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { Banner } from "./banner";
import { Button } from "./button";
import { Dialog } from "./dialog";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** The deed in its own words: "Delete message". */
  confirm: string;
  /** false for what can be undone. */
  danger?: boolean;
  /** Closes when it has succeeded; when it throws, its message stays in sight. */
  onConfirm: () => unknown;
};

export function ConfirmDialog({ confirm, danger = true, onConfirm, ...dialog }: ConfirmDialogProps) {
  const confirmed = useMutation(async () => {
    await onConfirm();
    dialog.onOpenChange(false);
  });
  function change(open: boolean) {
    if (confirmed.isPending) return;
    confirmed.clearError();
    dialog.onOpenChange(open);
  }

  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      onOpenChange={change}
      footer={
        <>
          <Button variant="ghost" onClick={() => change(false)}>
            Cancel
          </Button>
          <Button
            variant={danger ? "danger" : "primary"}
            busy={confirmed.isPending}
            onClick={() => void confirmed.run()}
            autoFocus
          >
            {confirm}
          </Button>
        </>
      }
    >
      {confirmed.error && (
        <Banner tone="danger" className="rounded-control">
          {confirmed.error.message}
        </Banner>
      )}
    </Dialog>
  );
}
