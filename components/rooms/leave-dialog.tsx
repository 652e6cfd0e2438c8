"use client";
import { useState } from "react";
import type { DialogState } from "@/components/shell/open-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useRoom } from "@/lib/client/hooks/use-room";
import { roomLabel } from "./room-name";
import { useLeave } from "./use-leave";

/** Confirms leaving a private room, because only that cannot be undone. */
export default function LeaveDialog({ roomId, ...dialog }: DialogState & { roomId: string }) {
  const item = useRoom(roomId);
  // The room leaves the store before the dialog closes.
  const [room] = useState(item?.room);
  const leave = useLeave();
  if (!room) return null;
  return (
    <ConfirmDialog
      {...dialog}
      title={`Leave ${roomLabel(room)}?`}
      description="This room is private. To come back, you'll need someone in it to add you."
      confirmLabel="Leave room"
      onConfirm={() => leave(room)}
    />
  );
}
