"use client";
import BlockDialog from "@/components/people/block-dialog";
import type { Person } from "@/lib/contract/person";
import PresenceDialog from "./presence-dialog";
import type { TimedChoice } from "./presence-words";
import StatusDialog from "./status-dialog";

/** A dialog that a card opens: to set a status, to choose until when a presence lasts, or to block the person. */
export type DialogOfCard = "status" | TimedChoice | { toBlock: Person };

type CardDialogProps = {
  dialog: DialogOfCard;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export default function CardDialog({ dialog, ...openState }: CardDialogProps) {
  if (dialog === "status") return <StatusDialog {...openState} />;
  if (typeof dialog === "object") return <BlockDialog person={dialog.toBlock} {...openState} />;
  return <PresenceDialog choice={dialog} {...openState} />;
}
