"use client";
import { EyeOff, Info, Lock, LogOut, UserPlus, UsersRound } from "lucide-react";
import { useAsker } from "@/components/people/use-asker";
import { PinsItem } from "@/components/pins/pins-item";
import { RoomPlaceItems } from "@/components/sidebar/room-place-items";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { offeredTo } from "@/components/shell/organization-offers";
import { openPlace, type Panel, usePaths } from "@/components/shell/place";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useMe } from "@/lib/client/hooks/use-me";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { limits } from "@/lib/contract/limits";
import { MuteItem } from "./mute-item";
import { othersIn } from "./room-name";
import { useHide } from "./use-hide";
import { useLeaveAction } from "./use-leave-action";
import { useRoomOffers } from "./use-room-offers";

export type HeaderMenuProps = {
  item: RoomListItem;
  /** The panel that is open. */
  panel: Panel | null;
  onTogglePanel: (panel: Panel) => void;
};

export function RoomItems({ item, panel, onTogglePanel }: HeaderMenuProps) {
  const offers = useRoomOffers(item);
  const open = useOpenDialog();
  const leave = useLeaveAction(item);
  return (
    <>
      <MenuItem icon={<Info aria-hidden />} onSelect={() => panel !== "details" && onTogglePanel("details")}>
        Room details
      </MenuItem>
      <PinsItem room={item.room} onSelect={() => panel !== "pins" && onTogglePanel("pins")} />
      {offers.has("addPeople") && (
        <MenuItem icon={<UserPlus aria-hidden />} onSelect={() => open({ kind: "addPeople", roomId: item.roomId })}>
          Add people
        </MenuItem>
      )}
      <MuteItem item={item} />
      <MenuSeparator />
      <RoomPlaceItems item={item} />
      {leave && (
        <>
          <MenuSeparator />
          <MenuItem icon={<LogOut aria-hidden />} onSelect={leave}>
            Leave room
          </MenuItem>
        </>
      )}
    </>
  );
}

/** The items of a direct room. Only *New room with them* needs a permission. */
export function DirectItems({ item, panel, onTogglePanel }: HeaderMenuProps) {
  const { room } = item;
  const { me } = useMe();
  const open = useOpenDialog();
  const mayCreateRoom = offeredTo(useAsker()).has("createRoom");
  const paths = usePaths();
  const hide = useHide();
  const others = othersIn(room, me.id);
  const isOnlyMe = others.length === 0;
  return (
    <>
      {!isOnlyMe && (
        <>
          <MenuItem icon={<UsersRound aria-hidden />} onSelect={() => panel !== "members" && onTogglePanel("members")}>
            People
          </MenuItem>
          {others.length < limits.directOthers && (
            <MenuItem
              icon={<UserPlus aria-hidden />}
              onSelect={() => openPlace(paths.newMessageTo(others, others.length))}
            >
              Add people
            </MenuItem>
          )}
          {mayCreateRoom && (
            <MenuItem icon={<Lock aria-hidden />} onSelect={() => open({ kind: "create", personIds: others })}>
              New room with them
            </MenuItem>
          )}
          <MuteItem item={item} />
        </>
      )}
      <PinsItem room={room} onSelect={() => panel !== "pins" && onTogglePanel("pins")} />
      <MenuSeparator />
      <RoomPlaceItems item={item} />
      <MenuSeparator />
      <MenuItem icon={<EyeOff aria-hidden />} onSelect={() => hide(item, "untilNextMessage")}>
        Hide until the next message
      </MenuItem>
      {!isOnlyMe && (
        // Nobody leaves a direct room. It stays hidden until the person opens it again.
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => hide(item, "always")}>
          Leave conversation
        </MenuItem>
      )}
    </>
  );
}
