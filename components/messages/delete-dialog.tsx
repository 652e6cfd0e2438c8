"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

type DeleteDialogProps = {
  open: boolean;
  otherPeople: number;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => unknown;
};

export default function DeleteDialog({ otherPeople, ...dialog }: DeleteDialogProps) {
  const whoSees =
    otherPeople <= 0
      ? ""
      : otherPeople === 1
        ? "The other person will see that a message was deleted. "
        : `${otherPeople.toLocaleString()} people will see that a message was deleted. `;
  return (
    <ConfirmDialog
      {...dialog}
      title="Delete this message?"
      description={`${whoSees}You can't undo this.`}
      confirm="Delete message"
    />
  );
}
