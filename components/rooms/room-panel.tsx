"use client";
import { ChevronLeft, X } from "lucide-react";
import { PinsPanel } from "@/components/pins/pins-panel";
import { MembersPanel } from "@/components/people/members-panel";
import { Bar } from "@/components/shell/frame";
import { replacePlace, type Panel, usePaths } from "@/components/shell/place";
import { SidePanel } from "@/components/shell/side-panel";
import { IconButton } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { RoomDetails } from "./room-details";
import { useRoomLabel } from "./use-room-title";

const titles: Record<Panel, string> = { members: "Members", details: "Details", pins: "Pinned messages" };
const options = [
  { value: "members", label: titles.members },
  { value: "details", label: titles.details },
] as const;

/** A room's panel. In a wide window it is beside the room, in a narrower one over it. On a phone it replaces the room. */
export default function RoomPanel({ item, panel: wanted }: { item: RoomListItem; panel: Panel }) {
  const { roomId, room } = item;
  const paths = usePaths();
  const label = useRoomLabel(room);
  const isDirect = room.kind === "direct";
  // A direct room has no details, only members.
  const panel = isDirect && wanted === "details" ? "members" : wanted;
  const close = () => replacePlace(paths.room(roomId));
  return (
    <SidePanel label={`${titles[panel]} of ${label}`} onEscape={close}>
      <Bar className="md:pl-4">
        <IconButton label="Back to room" tooltip={false} className="md:hidden" onClick={close}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        {isDirect || panel === "pins" ? (
          <h2 className="me-auto text-md font-semibold">{panel === "pins" ? titles.pins : "People"}</h2>
        ) : (
          <>
            <h2 className="sr-only">{titles[panel]}</h2>
            <Segmented
              label="Panel"
              options={options}
              value={panel}
              onChange={(next) => replacePlace(paths.room(roomId, next))}
              className="mr-auto"
            />
          </>
        )}
        <IconButton label="Close" shortcut="mod+." className="max-md:hidden" onClick={close}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      {panel === "members" && <MembersPanel item={item} />}
      {panel === "details" && <RoomDetails item={item} />}
      {panel === "pins" && <PinsPanel item={item} />}
    </SidePanel>
  );
}
