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
  /** The label of the confirming button, such as "Delete message". */
  confirmLabel: string;
  /** Set to false if the action can be undone. */
  danger?: boolean;
  /** Whether Cancel gets the focus. For actions that give or take away power. */
  cancelFirst?: boolean;
  /** The dialog closes when this succeeds. If it throws, the dialog stays open and shows the error's message. */
  onConfirm: () => unknown;
  /** Details of what will happen. */
  children?: ReactNode;
};

export function ConfirmDialog({
  confirmLabel,
  danger = true,
  cancelFirst = false,
  onConfirm,
  children,
  ...dialog
}: ConfirmDialogProps) {
  const confirmation = useMutation(async () => {
    await onConfirm();
    dialog.onOpenChange(false);
  });
  function changeOpen(open: boolean) {
    if (confirmation.isPending) return;
    confirmation.clearError();
    dialog.onOpenChange(open);
  }

  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      onOpenChange={changeOpen}
      footer={
        <>
          <Button variant="ghost" onClick={() => changeOpen(false)} autoFocus={cancelFirst}>
            Cancel
          </Button>
          <Button
            variant={danger ? "danger" : "primary"}
            busy={confirmation.isPending}
            onClick={() => void confirmation.run()}
            autoFocus={!cancelFirst}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {confirmation.error && (
        <Banner tone="danger" className="rounded-control">
          {confirmation.error.message}
        </Banner>
      )}
      {children}
    </Dialog>
  );
}
