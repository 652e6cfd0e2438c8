"use client";
import { Plus, UsersRound, X } from "lucide-react";
import { useState } from "react";
import { peopleCount } from "@/components/rooms/room-name";
import { Button, IconButton } from "@/components/ui/button";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Group, GroupRoom } from "@/lib/contract/group";
import type { Asker } from "@/lib/policy/decision";
import { CloseRoomDialog, mayOpenToGroups, OpenRoomDialog } from "./group-room-dialogs";

interface GroupRoomsProps {
  group: Group;
  rooms: readonly GroupRoom[];
  asker: Asker;
  onChange: () => void;
}

/** The rooms that are open to a group, with buttons to open more rooms to it and to close rooms to it. */
export function GroupRooms({ group, rooms, asker, onChange }: GroupRoomsProps) {
  const version = rooms.length;
  const { data } = useQuery({ groupId: group.id, limit: 100 }, (call, input) => call("room.administer", input), {
    version,
  });
  const [dialog, setDialog] = useState({ key: 0, open: null as "open" | GroupRoom | null });
  const [isOpen, setOpen] = useState(false);
  const show = (open: "open" | GroupRoom) => {
    setDialog(({ key }) => ({ key: key + 1, open }));
    setOpen(true);
  };
  const mayClose = (id: string) => {
    const found = data?.rooms.find(({ room }) => room.id === id);
    return found !== undefined && mayOpenToGroups(asker, found).ok;
  };
  const dialogProps = { group, open: isOpen, onOpenChange: setOpen, onDone: onChange };
  return (
    <section aria-labelledby="group-rooms" className="mt-6">
      <div className="mb-2 flex items-center justify-between gap-3">
        <h3 id="group-rooms" className="text-md">
          Opens these rooms <span className="ml-1 font-normal text-ink-faint">{rooms.length.toLocaleString()}</span>
        </h3>
        <Button variant="ghost" size="sm" icon={<Plus aria-hidden />} onClick={() => show("open")}>
          Add room
        </Button>
      </div>
      {rooms.length === 0 ? (
        <p className="text-ui text-ink-faint">No room is open to this group yet.</p>
      ) : (
        <ul aria-labelledby="group-rooms" className="divide-y divide-line rounded-card border">
          {rooms.map((room) => (
            <li key={room.id} className="flex min-h-13 items-center gap-3 px-4 py-1.5">
              <UsersRound aria-hidden className="size-4 flex-none text-ink-soft" />
              <div className="min-w-0 flex-1 leading-snug">
                <bdi className="block truncate text-ui">{room.name}</bdi>
                <span className="block truncate text-xs text-ink-faint">
                  {room.otherGroups.length > 0 ? `Also open to ${room.otherGroups.join(", ")}` : "Only this group"}
                </span>
              </div>
              <span className="flex-none text-sm text-ink-soft">{peopleCount(room.memberCount)}</span>
              {mayClose(room.id) && (
                <IconButton label={`Close ${room.name} to the group`} onClick={() => show(room)}>
                  <X />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {dialog.open === "open" && <OpenRoomDialog key={dialog.key} {...dialogProps} />}
      {dialog.open && dialog.open !== "open" && (
        <CloseRoomDialog key={dialog.key} room={dialog.open} {...dialogProps} />
      )}
    </section>
  );
}
