"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

type DeleteDialogProps = {
  open: boolean;
  others: number;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => unknown;
};

export default function DeleteDialog({ others, ...dialog }: DeleteDialogProps) {
  const whom =
    others <= 0
      ? ""
      : others === 1
        ? "The other person sees that something was deleted. "
        : `${others.toLocaleString()} people see that something was deleted. `;
  return (
    <ConfirmDialog
      {...dialog}
      title="Delete this message?"
      description={`${whom}This cannot be undone.`}
      confirm="Delete message"
      cancel="Cancel"
    />
  );
}
