"use client";
import { roomLabel } from "@/components/rooms/room-name";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import type { RoomRole } from "@/lib/contract/room-role";
import { roleNames } from "./room-roles";

type RoleDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  room: Room;
  person: Person;
  role: RoomRole;
  /** Whether the person is the viewer. */
  isMe: boolean;
  onDone?: () => void;
};

/** Whether a change of role must be confirmed: it makes a new admin, or the viewer could not undo it alone. */
export const asksBefore = ({ next, role, isMe }: { next: RoomRole; role: RoomRole; isMe: boolean }): boolean =>
  next === "admin" || (isMe && role === "admin");

/** Asks to confirm making a person an admin, or giving up the viewer's own role as an admin. */
export function RoleDialog({ room, person, role, isMe, onDone, ...dialog }: RoleDialogProps) {
  const call = useCall();
  const givesUp = isMe && role !== "admin";
  return (
    <ConfirmDialog
      {...dialog}
      danger={false}
      cancelFirst
      title={
        givesUp ? `Step down as admin of ${roomLabel(room)}?` : `Make ${person.name} an admin of ${roomLabel(room)}?`
      }
      description={
        givesUp
          ? `You'll be a ${roleNames[role].toLowerCase()}. Only another admin can make you an admin again. If no one else is one, ask an owner or admin of the organization.`
          : "Admins can rename and archive the room, choose who can post, change roles, yours too, and remove people. Everyone in the room will see this change."
      }
      confirmLabel={givesUp ? "Step down" : "Make admin"}
      onConfirm={async () => {
        await call("membership.setRole", { roomId: room.id, personId: person.id, role });
        onDone?.();
      }}
    />
  );
}
