"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { accessWords, peopleCount, roomLabel } from "@/components/rooms/room-name";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { ListSkeleton } from "@/components/ui/skeleton";
import type { Call } from "@/lib/client/http";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { GroupRoom } from "@/lib/contract/group";
import type { AdministeredRoom } from "@/lib/contract/room-administration";
import type { Asker, Decision } from "@/lib/policy/decision";
import { maySetAccess } from "@/lib/policy/room-settings";
import type { GroupDialogProps } from "./add-to-group-dialog";

/** May the asker open this room to a group, or close it to a group? */
export const mayOpenToGroups = (asker: Asker, { room, role, banned }: AdministeredRoom): Decision =>
  maySetAccess(asker, { ...room, bansAsker: banned }, role && { role });

/** Changes the groups that a room is open to. Without groups, the room becomes private. */
async function changeGroups(call: Call, roomId: string, change: (groupIds: string[]) => string[]): Promise<void> {
  // Reads the groups again, because they may have changed since the page was loaded.
  const { rooms } = await call("room.administer", { roomId });
  const groupIds = change(rooms[0]?.room.groupIds ?? []);
  await call("room.setAccess", { roomId, access: groupIds.length > 0 ? "restricted" : "private", groupIds });
}

export function OpenRoomDialog({ group, onDone, ...dialog }: GroupDialogProps) {
  const call = useCall();
  const [text, setText] = useState("");
  const query = text.trim();
  const { data, error, isStale } = useQuery(
    { query: query || undefined, openableToGroupId: group.id, limit: 50 },
    (request, input) => request("room.administer", input),
    { afterTyping: query !== "" },
  );
  const opening = useMutation(async (roomId: string) => {
    await changeGroups(call, roomId, (groupIds) => [...groupIds, group.id]);
    onDone();
    dialog.onOpenChange(false);
  });
  const rooms = data?.rooms;
  const problem = opening.error ?? error;
  return (
    <Dialog
      {...dialog}
      title={`Open a room to ${group.name}`}
      description="Its people can then find and join it. A public or private room becomes restricted: only its groups find it."
    >
      <div className="flex min-h-64 flex-col gap-3">
        {problem && (
          <Banner tone="danger" className="rounded-control">
            {problem.message}
          </Banner>
        )}
        <Input
          type="search"
          icon={<Search aria-hidden />}
          aria-label="Search rooms"
          placeholder="Search rooms"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {!rooms && !error && <ListSkeleton rows={4} label="Loading rooms" />}
        {rooms?.length === 0 && <p className="text-sm text-ink-faint">No other room found that you may open.</p>}
        <ul aria-label="Rooms" aria-busy={isStale || undefined} className="divide-y divide-line">
          {rooms?.map(({ room }) => (
            <li key={room.id} className="flex min-h-13 items-center gap-3 py-1.5">
              <div className="min-w-0 flex-1 leading-snug">
                <bdi className="block truncate text-ui">{roomLabel(room)}</bdi>
                <span className="block truncate text-xs text-ink-faint">
                  {accessWords[room.access].name}, {peopleCount(room.memberCount)}
                </span>
              </div>
              <Button
                size="sm"
                aria-label={`Open ${room.name}`}
                disabled={opening.isPending}
                onClick={() => void opening.run(room.id)}
              >
                Open
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

/** Asks to confirm closing a room to a group. Nobody leaves the room. */
export function CloseRoomDialog({ group, room, onDone, ...dialog }: GroupDialogProps & { room: GroupRoom }) {
  const call = useCall();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Close ${room.name} to ${group.name}?`}
      description={
        room.otherGroups.length > 0
          ? "Its people can no longer find and join the room. Who is in the room stays in it."
          : "The room is open to no other group, so it becomes private. Who is in the room stays in it."
      }
      confirmLabel="Close room"
      cancelFirst
      onConfirm={async () => {
        await changeGroups(call, room.id, (groupIds) => groupIds.filter((id) => id !== group.id));
        onDone();
      }}
    />
  );
}
