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
  /** The label of the confirming button: "Delete message". */
  confirm: string;
  /** Set to false if the action can be undone. */
  danger?: boolean;
  /** The dialog closes when it succeeds. If it throws, the dialog stays open and shows the error's message. */
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
