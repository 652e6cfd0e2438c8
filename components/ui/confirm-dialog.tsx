"use client";
import { type ReactNode, useState } from "react";
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
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();

  function change(open: boolean) {
    if (busy) return;
    setFailed(undefined);
    dialog.onOpenChange(open);
  }

  async function go() {
    setBusy(true);
    setFailed(undefined);
    try {
      await onConfirm();
      dialog.onOpenChange(false);
    } catch (error) {
      setFailed((error instanceof Error && error.message) || "Something went wrong. Try again.");
    } finally {
      setBusy(false);
    }
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
          <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={go} autoFocus>
            {confirm}
          </Button>
        </>
      }
    >
      {failed && (
        <Banner tone="danger" className="rounded-control">
          {failed}
        </Banner>
      )}
    </Dialog>
  );
}
