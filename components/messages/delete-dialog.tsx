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
        ? "The other person will see that a message was deleted. "
        : `${others.toLocaleString()} people will see that a message was deleted. `;
  return (
    <ConfirmDialog
      {...dialog}
      title="Delete this message?"
      description={`${whom}You can't undo this.`}
      confirm="Delete message"
    />
  );
}
