"use client";
import { roomLabel } from "@/components/rooms/room-name";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";

type BanDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; room: Room; person: Person };

export function BanDialog({ room, person, ...dialog }: BanDialogProps) {
  const call = useCall();
  return (
    <ConfirmDialog
      {...dialog}
      cancelFirst
      title={`Ban ${person.name} from ${roomLabel(room)}?`}
      description="They lose access right away. They can't read this room, join it, or be added or invited until someone unbans them. Their messages stay."
      confirmLabel="Ban"
      onConfirm={() => call("ban.add", { roomId: room.id, personId: person.id })}
    />
  );
}
