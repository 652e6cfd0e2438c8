"use client";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useRoomOffers } from "./use-room-offers";

const DeleteRoomDialog = dialogOnDemand(() => import("./delete-room-dialog"));

/** Asks, then deletes the room. Renders nothing for people who may not delete it. */
export function DeleteButton({ item }: { item: RoomListItem }) {
  const { room } = item;
  const [dialog, setDialog] = useState({ open: false, dialogKey: 0 });
  if (!useRoomOffers(item).has("delete")) return null;
  return (
    <div className="mt-4">
      <Button
        icon={<Trash2 aria-hidden className="text-danger-ink" />}
        onClick={() => setDialog(({ dialogKey }) => ({ open: true, dialogKey: dialogKey + 1 }))}
      >
        Delete room
      </Button>
      {dialog.dialogKey > 0 && (
        <DeleteRoomDialog
          key={dialog.dialogKey}
          room={room}
          open={dialog.open}
          onOpenChange={(open) => setDialog({ ...dialog, open })}
        />
      )}
    </div>
  );
}
