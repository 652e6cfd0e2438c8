"use client";
import { roomLabel } from "@/components/rooms/room-name";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";

type RemoveDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; room: Room; person: Person };

export function RemoveDialog({ room, person, ...dialog }: RemoveDialogProps) {
  const call = useCall();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Remove ${person.name} from ${roomLabel(room)}?`}
      description={
        room.access === "private"
          ? "They lose access right away. To come back, they'll need someone in the room to add them."
          : "They no longer get updates. Their messages stay."
      }
      confirmLabel="Remove"
      onConfirm={() => call("membership.remove", { roomId: room.id, personId: person.id })}
    />
  );
}
