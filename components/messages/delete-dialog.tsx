"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

type DeleteDialogProps = {
  open: boolean;
  otherPeopleCount: number;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => unknown;
};

export default function DeleteDialog({ otherPeopleCount, ...dialog }: DeleteDialogProps) {
  const whoSees =
    otherPeopleCount <= 0
      ? ""
      : otherPeopleCount === 1
        ? "The other person will see that a message was deleted. "
        : `${otherPeopleCount.toLocaleString()} people will see that a message was deleted. `;
  return (
    <ConfirmDialog
      {...dialog}
      title="Delete this message?"
      description={`${whoSees}You can't undo this.`}
      confirmLabel="Delete message"
    />
  );
}
