"use client";
import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useAsker } from "@/components/people/use-asker";
import { Button } from "@/components/ui/button";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { mayDelete } from "@/lib/policy/room-settings";

const DeleteRoomDialog = dynamic(() => import("./delete-room-dialog"), { ssr: false });

/** Deletes the room after a question, for those who may. */
export function DeleteButton({ item: { room, membership } }: { item: RoomListItem }) {
  const [dialog, setDialog] = useState({ open: false, dialogKey: 0 });
  if (!mayDelete(useAsker(), room, membership).ok) return null;
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
