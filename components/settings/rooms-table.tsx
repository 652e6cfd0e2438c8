"use client";
import { Archive, ArchiveRestore, Hash } from "lucide-react";
import { useState } from "react";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { Empty } from "@/components/ui/empty";
import { ListSkeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Input } from "@/lib/contract/index";
import type { Room } from "@/lib/contract/room";
import type { Asker } from "@/lib/policy/decision";
import { LoadError } from "./load-error";
import { AdministeredRoomRow } from "./room-row";
import { SelectionBar } from "./selection-bar";
import { Pager, Table, Th } from "./table";
import { useLeavePage, usePages } from "./use-pages";
import { useSelection } from "./use-selection";

const DeleteRoomDialog = dialogOnDemand(() => import("@/components/rooms/delete-room-dialog"));

const pageSize = 20;
const roomCount = (count: number) => (count === 1 ? "1 room" : `${count} rooms`);

type RoomsTableProps = {
  asker: Asker;
  filters: Pick<Input<"room.administer">, "query" | "access" | "state" | "groupId" | "sort">;
  onClear: () => void;
};

/** One page of the rooms that match the filters. */
export function RoomsTable({ asker, filters, onClear }: RoomsTableProps) {
  const call = useCall();
  const pages = usePages(JSON.stringify(filters));
  const { data, error, isStale, reload } = useQuery(
    { ...filters, after: pages.after, limit: pageSize },
    (request, input) => request("room.administer", input),
    { afterTyping: filters.query !== undefined && pages.page === 0 },
  );
  useLeavePage(pages, isStale ? undefined : data?.rooms.length, error);
  const selection = useSelection(data?.rooms.map(({ room }) => room.id) ?? []);
  const [deleted, setDeleted] = useState<{ room: Room; dialogKey: number }>();
  const [isOpen, setOpen] = useState(false);

  async function change(work: Promise<unknown>, done: string, undo?: () => Promise<unknown>) {
    const action = undo && { label: "Undo", onClick: () => void change(undo(), "Undone.") };
    await work.then(
      () => toast.success(done, action && { action }),
      (failure: Error) => toast.error(failure.message),
    );
    reload();
  }

  if (error) return <LoadError title="Couldn't load rooms" message={error.message} onRetry={reload} />;
  if (!data) return <ListSkeleton rows={8} label="Loading rooms" />;
  const { rooms, next, total } = data;
  if (rooms.length === 0) {
    return (
      <Empty icon={<Hash />} title="No rooms found" actions={<Button onClick={onClear}>Show all rooms</Button>}>
        No room matches these filters.
      </Empty>
    );
  }
  return (
    <>
      <Table
        label="Rooms"
        busy={isStale}
        head={
          <>
            <Th className="w-11 pr-0!">
              <Checkbox
                aria-label="Select all rooms on this page"
                checked={selection.areAll}
                indeterminate={selection.ids.length > 0 && !selection.areAll}
                onChange={(event) => selection.setAll(event.target.checked)}
              />
            </Th>
            <Th>Name</Th>
            <Th className="w-28 @max-[440px]:hidden">Access</Th>
            <Th className="w-20 text-right! @max-[680px]:hidden">People</Th>
            <Th className="w-24 text-right! @max-[680px]:hidden">Messages</Th>
            <Th className="w-36 @max-[780px]:hidden">Last activity</Th>
            <Th className="w-14 max-md:w-15">
              <span className="sr-only">Actions</span>
            </Th>
          </>
        }
      >
        {rooms.map((row) => (
          <AdministeredRoomRow
            key={row.room.id}
            row={row}
            asker={asker}
            selected={selection.has(row.room.id)}
            onSelect={(selected) => selection.set(row.room.id, selected)}
            onChange={change}
            onDelete={() => {
              setDeleted({ room: row.room, dialogKey: (deleted?.dialogKey ?? 0) + 1 });
              setOpen(true);
            }}
          />
        ))}
      </Table>
      <Pager
        from={pages.page * pageSize}
        count={rooms.length}
        total={filters.query ? undefined : total}
        hasMore={next !== null}
        busy={isStale}
        onPrevious={pages.previous}
        onNext={() => next && pages.next(next)}
      />
      <SelectionBar
        ids={selection.ids}
        acts={[
          {
            label: "Archive",
            icon: <Archive aria-hidden />,
            successMessage: (count) => `Archived ${roomCount(count)}.`,
            run: (roomId) => call("room.archive", { roomId }),
            undo: (roomId) => call("room.unarchive", { roomId }),
          },
          {
            label: "Unarchive",
            icon: <ArchiveRestore aria-hidden />,
            successMessage: (count) => `Unarchived ${roomCount(count)}.`,
            run: (roomId) => call("room.unarchive", { roomId }),
            undo: (roomId) => call("room.archive", { roomId }),
          },
        ]}
        onClear={() => selection.setAll(false)}
        onDone={reload}
      />
      {deleted && (
        <DeleteRoomDialog
          key={deleted.dialogKey}
          room={deleted.room}
          open={isOpen}
          onOpenChange={setOpen}
          onDone={reload}
        />
      )}
    </>
  );
}
