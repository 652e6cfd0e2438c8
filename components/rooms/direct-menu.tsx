"use client";
import { Ellipsis, EyeOff, LogOut, UserPlus, UsersRound } from "lucide-react";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { limits } from "@/lib/contract/limits";
import { MuteItem } from "./mute-item";
import { useHide } from "./use-hide";

/** The menu in the header of a direct room. Everyone in the room may use all its items. */
export function DirectMenu({ item, onMembers }: { item: RoomListItem; onMembers: () => void }) {
  const { room } = item;
  const open = useOpenDialog();
  const hide = useHide();
  const isForMe = room.directIds.length === 1;
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="More">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {!isForMe && (
        <>
          <MenuItem icon={<UsersRound aria-hidden />} onSelect={onMembers}>
            People
          </MenuItem>
          {room.directIds.length <= limits.directOthers && (
            <MenuItem
              icon={<UserPlus aria-hidden />}
              onSelect={() => open({ kind: "newMessage", personIds: room.directIds })}
            >
              Add people
            </MenuItem>
          )}
          <MuteItem item={item} />
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={<EyeOff aria-hidden />} onSelect={() => hide(item, "untilNextMessage")}>
        Hide until the next message
      </MenuItem>
      {!isForMe && (
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => hide(item, "always")}>
          Leave conversation
        </MenuItem>
      )}
    </Menu>
  );
}
