"use client";
import { Archive, ArchiveRestore, Ellipsis, Settings2, Trash2, UserRoundPlus } from "lucide-react";
import Link from "next/link";
import { Time } from "@/components/messages/time";
import { ArchivedTag } from "@/components/rooms/archived-tag";
import { RoomTile } from "@/components/rooms/room-icon";
import { accessWords, roomLabel, roomName } from "@/components/rooms/room-name";
import { offeredIn } from "@/components/rooms/room-offers";
import { usePaths } from "@/components/shell/place";
import { IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { useCall } from "@/lib/client/hooks/use-call";
import type { AdministeredRoom } from "@/lib/contract/room-administration";
import type { Asker } from "@/lib/policy/decision";
import { distance } from "./distance";
import { whyNewcomersStayOut } from "./newcomers";
import { Td } from "./table";

type AdministeredRoomRowProps = {
  row: AdministeredRoom;
  asker: Asker;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  /** Waits for a change, then shows `done` in a toast, with an Undo button if `undo` is given. */
  onChange: (work: Promise<unknown>, done: string, undo?: () => Promise<unknown>) => Promise<void>;
  onDelete: () => void;
};

export function AdministeredRoomRow({ row, selected, onSelect, ...actions }: AdministeredRoomRowProps) {
  const { room, messages, lastMessageAt } = row;
  const paths = usePaths();
  return (
    <tr aria-selected={selected} className={selected ? "[&>td]:bg-accent-soft" : "hover:[&>td]:bg-row-hover"}>
      <Td className="overflow-visible! pr-0!">
        <Checkbox
          aria-label={`Select ${roomLabel(room)}`}
          checked={selected}
          onChange={(event) => onSelect(event.target.checked)}
        />
      </Td>
      <Td>
        <div className="flex items-center gap-3">
          <RoomTile room={room} className="well size-8 rounded-control" iconClassName="size-4" />
          <div className="min-w-0 flex-1 leading-[1.3]">
            <span className="flex min-w-0 items-center gap-2">
              <Link
                href={paths.roomSettings(room.id)}
                className="truncate text-ui font-strong text-ink hover:underline"
                prefetch={false}
              >
                <bdi>{roomName(room)}</bdi>
              </Link>
              <ArchivedTag room={room} />
              {room.isDefault && !whyNewcomersStayOut(room) && <Tag tone="accent">Newcomers join</Tag>}
            </span>
            <span className="block truncate text-xs text-ink-faint">
              {room.topic}
              <span className="@min-[440px]:hidden">
                {room.topic && " · "}
                {accessWords[room.access].name}
              </span>
            </span>
          </div>
        </div>
      </Td>
      <Td className="@max-[440px]:hidden">{accessWords[room.access].name}</Td>
      <Td className="text-right tabular-nums @max-[680px]:hidden">{room.memberCount.toLocaleString()}</Td>
      <Td className="text-right tabular-nums @max-[680px]:hidden">{messages.toLocaleString()}</Td>
      <Td className="tabular-nums @max-[780px]:hidden">
        {lastMessageAt ? <Time at={lastMessageAt} format={distance} /> : "Never"}
      </Td>
      <Td className="overflow-visible! px-2! text-right">
        <Actions row={row} {...actions} />
      </Td>
    </tr>
  );
}

function Actions({ row, asker, onChange, onDelete }: Omit<AdministeredRoomRowProps, "selected" | "onSelect">) {
  const { role } = row;
  const room = { ...row.room, bansAsker: row.banned };
  const call = useCall();
  const paths = usePaths();
  const { id: roomId } = room;
  const label = roomLabel(room);
  const archive = () => call("room.archive", { roomId });
  const unarchive = () => call("room.unarchive", { roomId });
  const offers = offeredIn({ asker, room, membership: role && { role } });
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Actions for ${label}`} tooltip={false}>
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem asChild>
        <Link href={paths.roomSettings(roomId)} prefetch={false}>
          <Settings2 aria-hidden className="size-4" />
          Settings and people
        </Link>
      </MenuItem>
      {offers.has(room.isDefault ? "unsetDefault" : "setDefault") && (
        <MenuItem
          icon={<UserRoundPlus aria-hidden />}
          onSelect={() => {
            const isDefault = !room.isDefault;
            const done = isDefault ? `Newcomers join ${label}.` : `Newcomers no longer join ${label}.`;
            void onChange(call("room.setDefault", { roomId, isDefault }), done);
          }}
        >
          {room.isDefault ? "Newcomers don't join" : "Newcomers join"}
        </MenuItem>
      )}
      {offers.has("archive") && (
        <MenuItem
          icon={<Archive aria-hidden />}
          onSelect={() => void onChange(archive(), `Archived ${label}`, unarchive)}
        >
          Archive
        </MenuItem>
      )}
      {offers.has("unarchive") && (
        <MenuItem
          icon={<ArchiveRestore aria-hidden />}
          onSelect={() => void onChange(unarchive(), `Unarchived ${label}`, archive)}
        >
          Unarchive
        </MenuItem>
      )}
      {offers.has("delete") && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={onDelete}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
