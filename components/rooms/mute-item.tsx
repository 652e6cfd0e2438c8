"use client";
import { Bell, BellOff } from "lucide-react";
import { MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";

/** The menu item that mutes or unmutes a room for the viewer. */
export function MuteItem({ item: { roomId, membership } }: { item: RoomListItem }) {
  const call = useCall();
  const { isMuted } = membership;
  return (
    <MenuItem
      icon={isMuted ? <Bell aria-hidden /> : <BellOff aria-hidden />}
      onSelect={() =>
        void call("membership.setMuted", { roomId, isMuted: !isMuted }).catch((error: Error) =>
          toast.error(error.message),
        )
      }
    >
      {isMuted ? "Unmute" : "Mute"}
    </MenuItem>
  );
}
