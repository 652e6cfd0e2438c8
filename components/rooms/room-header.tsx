"use client";
import { ChevronLeft, UsersRound } from "lucide-react";
import { PersonName } from "@/components/profile/person-name";
import { Bar } from "@/components/shell/frame";
import { openPlace, replacePlace, type Panel, usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { tooltip } from "@/components/ui/tooltip";
import { useMe } from "@/lib/client/hooks/use-me";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { ArchivedTag } from "./archived-tag";
import { DirectIcon } from "./direct-icon";
import { DirectStatus } from "./direct-status";
import { HeaderMenu } from "./header-menu";
import { RoomIcon } from "./room-icon";
import { onlyOtherIn, peopleCount } from "./room-name";
import { useRoomTitle } from "./use-room-title";

/** Returns a function that opens a panel of a room, or closes the panel if it is already open. */
function useTogglePanel(roomId: string, openPanel: Panel | null): (panel: Panel) => void {
  const paths = usePaths();
  return (panel) => {
    if (openPanel) replacePlace(paths.room(roomId, openPanel === panel ? null : panel));
    else openPlace(paths.room(roomId, panel));
  };
}

export function RoomHeader({ item, panel }: { item: RoomListItem; panel: Panel | null }) {
  const { roomId, room } = item;
  const paths = usePaths();
  const togglePanel = useTogglePanel(roomId, panel);
  const people = peopleCount(room.memberCount);
  const title = useRoomTitle(room);
  const { me } = useMe();
  const isDirect = room.kind === "direct";
  const other = onlyOtherIn(room, me.id);
  return (
    <Bar>
      <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
        <ChevronLeft aria-hidden className="size-[22px]!" />
      </IconButton>
      {isDirect ? (
        <DirectIcon room={room} size={28} opensCard />
      ) : (
        <RoomIcon room={room} className="size-[18px] max-md:hidden" />
      )}
      <div className="min-w-0 leading-tight md:ml-1 md:flex md:flex-1 md:items-center max-md:flex-1">
        <h1 className="flex min-w-0 flex-none items-center gap-1 text-md tracking-name md:max-w-[60%]">
          {!isDirect && <RoomIcon room={room} className="size-4 md:hidden" />}
          <span className="truncate">
            {other ? <PersonName personId={other}>{title}</PersonName> : <bdi>{title}</bdi>}
          </span>
        </h1>
        <ArchivedTag room={room} className="ml-2 max-md:hidden" />
        {room.topic && (
          <>
            <span aria-hidden className="mx-3 h-5 w-px flex-none bg-line-strong max-md:hidden" />
            <p dir="auto" title={room.topic} className="min-w-0 truncate text-sm text-ink-soft max-md:hidden">
              {room.topic}
            </p>
          </>
        )}
        {isDirect ? (
          <DirectStatus room={room} />
        ) : (
          <p className="truncate text-xs text-ink-faint md:hidden">
            {room.archivedAt && "Archived · "}
            {people}
          </p>
        )}
      </div>
      {!isDirect && (
        <Button
          {...tooltip("Members", { shortcut: "mod+." })}
          variant="ghost"
          size="sm"
          aria-expanded={panel === "members"}
          aria-label={`Members: ${people}`}
          className="px-2! max-md:min-w-touch"
          icon={<UsersRound aria-hidden />}
          onClick={() => togglePanel("members")}
        >
          <span className="tabular-nums max-md:hidden">{room.memberCount.toLocaleString()}</span>
        </Button>
      )}
      <HeaderMenu item={item} panel={panel} onTogglePanel={togglePanel} />
    </Bar>
  );
}
