"use client";
import { useState } from "react";
import type { DialogState } from "@/components/shell/open-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useRoom } from "@/lib/client/hooks/use-room";
import { losesHistory } from "@/lib/policy/room";
import { roomLabel } from "./room-name";
import { useLeave } from "./use-leave";

/** Confirms leaving a room if that cannot be undone, or if what was said so far would be lost. */
export default function LeaveDialog({ roomId, ...dialog }: DialogState & { roomId: string }) {
  const item = useRoom(roomId);
  // The room leaves the store before the dialog closes.
  const [left] = useState(item);
  const leave = useLeave();
  if (!left) return null;
  const { room, membership } = left;
  return (
    <ConfirmDialog
      {...dialog}
      title={`Leave ${roomLabel(room)}?`}
      description={[
        ...(room.access === "private"
          ? ["This room is private. To come back, you'll need someone in it to add you."]
          : []),
        ...(losesHistory(room, membership)
          ? ["If you come back, you won't see what was said before, not even what you wrote yourself."]
          : []),
      ].join(" ")}
      confirmLabel="Leave room"
      onConfirm={() => leave(room, { canUndo: false })}
    />
  );
}
