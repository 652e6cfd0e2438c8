"use client";
import { EyeOff, Link, LogOut, MailCheck } from "lucide-react";
import { MuteItem } from "@/components/rooms/mute-item";
import { useHide } from "@/components/rooms/use-hide";
import { useLeaveAction } from "@/components/rooms/use-leave-action";
import { usePaths } from "@/components/shell/place";
import { copyText } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { RoomPlaceItems } from "./room-place-items";
import { useMarkRead } from "./use-mark-read";

/** What can be done with a room from its row in the sidebar. */
export function RoomMenuItems({ item }: { item: RoomListItem }) {
  const { room, roomId, unread } = item;
  const paths = usePaths();
  const hide = useHide();
  const leave = useLeaveAction(item);
  const markRead = useMarkRead();
  return (
    <>
      {unread > 0 && (
        <MenuItem icon={<MailCheck aria-hidden />} onSelect={() => markRead([item])}>
          Mark as read
        </MenuItem>
      )}
      <MuteItem item={item} />
      <MenuItem
        icon={<Link aria-hidden />}
        onSelect={() =>
          void copyText(new URL(paths.room(roomId), location.href).href).then((isCopied) =>
            isCopied ? toast.success("Copied.") : toast.error("Couldn't copy the link."),
          )
        }
      >
        Copy link
      </MenuItem>
      <MenuSeparator />
      <RoomPlaceItems item={item} />
      {room.kind === "direct" ? (
        <>
          <MenuSeparator />
          <MenuItem icon={<EyeOff aria-hidden />} onSelect={() => hide(item, "untilNextMessage")}>
            Hide until the next message
          </MenuItem>
          {room.directIds.length > 1 && (
            <MenuItem icon={<LogOut aria-hidden />} onSelect={() => hide(item, "always")}>
              Leave conversation
            </MenuItem>
          )}
        </>
      ) : (
        leave && (
          <>
            <MenuSeparator />
            <MenuItem icon={<LogOut aria-hidden />} onSelect={leave}>
              Leave room
            </MenuItem>
          </>
        )
      )}
    </>
  );
}
