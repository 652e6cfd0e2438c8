"use client";
import { Camera } from "lucide-react";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { tooltip } from "@/components/ui/tooltip";
import type { Room } from "@/lib/contract/room";
import { RoomTile } from "./room-icon";

const look = "well size-12 rounded-thing";

/** A room's picture in its details. It is a button if the viewer may change it. */
export function RoomAvatar({ room, mayEdit }: { room: Room; mayEdit: boolean }) {
  const open = useOpenDialog();
  if (!mayEdit) return <RoomTile room={room} className={`${look} self-start`} />;
  return (
    <button
      type="button"
      aria-label="Change picture"
      className="relative flex-none self-start rounded-thing"
      {...tooltip("Change picture")}
      onClick={() => open({ kind: "roomAvatar", roomId: room.id })}
    >
      <RoomTile room={room} className={look} />
      <span
        aria-hidden
        className="absolute -end-1.5 -bottom-1.5 grid size-5 place-items-center rounded-full border bg-surface text-ink-soft"
      >
        <Camera className="size-3" />
      </span>
    </button>
  );
}
