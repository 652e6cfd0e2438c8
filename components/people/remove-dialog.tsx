"use client";
import { roomLabel } from "@/components/rooms/room-name";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useRoomActions } from "@/lib/client/hooks/use-room-actions";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";

type RemoveDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; room: Room; person: Person };

export function RemoveDialog({ room, person, ...dialog }: RemoveDialogProps) {
  const { remove } = useRoomActions();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Remove ${person.name} from ${roomLabel(room)}?`}
      description={
        room.access === "private"
          ? "They stop seeing this room at once. Only somebody in it can let them in again."
          : "They stop hearing of this room at once. What they wrote stays."
      }
      confirm="Remove"
      cancel="Keep them"
      onConfirm={() => remove(room.id, person.id)}
    />
  );
}
