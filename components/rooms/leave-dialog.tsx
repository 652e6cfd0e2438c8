"use client";
import { useState } from "react";
import type { DialogState } from "@/components/shell/open-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { roomLabel } from "./room-name";
import { useLeave } from "./use-leave";
import { useLosses } from "./use-losses";

/** Asks before leaving a room if rejoining would not restore everything. */
export default function LeaveDialog({ roomId, ...dialog }: DialogState & { roomId: string }) {
  const item = useRoom(roomId);
  // The room leaves the store before the dialog closes.
  const [left] = useState(item);
  return left && <Confirm item={left} {...dialog} />;
}

function Confirm({ item: { room, membership }, ...dialog }: DialogState & { item: RoomListItem }) {
  const leave = useLeave();
  const losses = useLosses(room, membership);
  const access = room.archivedAt
    ? "This room is archived. You can come back only if it's unarchived."
    : room.access === "private"
      ? "This room is private. To come back, you'll need someone in it to add you."
      : "To come back, you'll need someone in it to add you.";
  const role =
    membership.role === "admin"
      ? "You're an admin of this room. If you come back, you'll be a member. If no one else is an admin, ask an owner or admin of the organization to choose one."
      : "You're a moderator of this room. If you come back, you'll be a member.";
  return (
    <ConfirmDialog
      {...dialog}
      title={`Leave ${roomLabel(room)}?`}
      description={[
        ...(losses.access ? [access] : []),
        ...(losses.history
          ? ["If you come back, you won't see what was said before, not even what you wrote yourself."]
          : []),
        ...(losses.role ? [role] : []),
      ].join(" ")}
      confirmLabel="Leave room"
      onConfirm={() => leave(room, { canUndo: false })}
    />
  );
}
