"use client";
import { DoorOpen, Plus, X } from "lucide-react";
import { useState } from "react";
import { RoomTile } from "@/components/rooms/room-icon";
import { accessWords, peopleCount, roomLabel } from "@/components/rooms/room-name";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { ListSkeleton } from "@/components/ui/skeleton";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { AdministeredRoom } from "@/lib/contract/room-administration";
import type { Asker } from "@/lib/policy/decision";
import { mayUnsetDefault } from "@/lib/policy/room-settings";
import { LoadError } from "./load-error";
import { whyNewcomersStayOut } from "./newcomers";
import { SettingsPage } from "./page";
import { Pager } from "./table";
import { useLeavePage, usePages } from "./use-pages";

const AddDefaultRoomDialog = dialogOnDemand(() => import("./add-default-room-dialog"));

const pageSize = 20;

/** The rooms that newcomers to the organization join, page by page. For owners and admins. */
export function DefaultRoomsPage({ asker, organization }: { asker: Asker; organization: string }) {
  const pages = usePages("");
  const { data, error, isStale, reload } = useQuery(
    { only: "default" as const, after: pages.after, limit: pageSize },
    (request, input) => request("room.administer", input),
  );
  useLeavePage(pages, isStale ? undefined : data?.rooms.length, error);
  const [dialog, setDialog] = useState({ key: 0, isOpen: false });
  return (
    <SettingsPage
      title="Default rooms"
      organizationName={organization}
      description="Everyone who joins the organization, except guests, joins these rooms. People who are here already stay as they are."
      narrow
      actions={
        <Button
          variant="primary"
          icon={<Plus aria-hidden />}
          onClick={() => setDialog(({ key }) => ({ key: key + 1, isOpen: true }))}
        >
          Add room
        </Button>
      }
    >
      {error && !data && <LoadError title="Couldn't load rooms" message={error.message} onRetry={reload} />}
      {!data && !error && <ListSkeleton rows={5} label="Loading rooms" />}
      {data?.rooms.length === 0 && (
        <Empty icon={<DoorOpen />} title="No default rooms">
          Newcomers join no room. Add the ones that everyone should begin with.
        </Empty>
      )}
      {data && data.rooms.length > 0 && (
        <>
          <ul
            ref={keepFocusInRows}
            aria-label="Default rooms"
            aria-busy={isStale || undefined}
            className="divide-y divide-line"
          >
            {data.rooms.map((row) => (
              <DefaultRoom key={row.room.id} row={row} asker={asker} onChanged={reload} />
            ))}
          </ul>
          <Pager
            from={pages.page * pageSize}
            count={data.rooms.length}
            total={data.total}
            hasMore={data.next !== null}
            busy={isStale}
            onPrevious={pages.previous}
            onNext={() => data.next && pages.next(data.next)}
          />
        </>
      )}
      {dialog.key > 0 && (
        <AddDefaultRoomDialog
          key={dialog.key}
          asker={asker}
          onAdded={reload}
          open={dialog.isOpen}
          onOpenChange={(isOpen) => setDialog((current) => ({ ...current, isOpen }))}
        />
      )}
    </SettingsPage>
  );
}

type DefaultRoomProps = { row: AdministeredRoom; asker: Asker; onChanged: () => void };

function DefaultRoom({ row: { room }, asker, onChanged }: DefaultRoomProps) {
  const call = useCall();
  const label = roomLabel(room);
  const stayOut = whyNewcomersStayOut(room);
  const mayRemove = mayUnsetDefault(asker, room, null);
  const removing = useMutation(
    async () => {
      await call("room.setDefault", { roomId: room.id, isDefault: false });
      toast.success(`Newcomers no longer join ${label}.`);
      onChanged();
    },
    (failure) => toast.error(failure.message),
  );
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <RoomTile room={room} className="well size-9 rounded-thing" />
      <div className="min-w-0 flex-1 leading-snug">
        <bdi className="block truncate text-ui font-strong">{label}</bdi>
        <span className="block text-xs text-ink-faint">
          {accessWords[room.access].name}, {peopleCount(room.memberCount)}
          {room.joinsEveryone ? ". Everyone is in it, and no one can leave it." : stayOut && `. ${stayOut}`}
        </span>
      </div>
      {mayRemove.ok && (
        <IconButton label={`Remove ${label}`} disabled={removing.isPending} onClick={() => void removing.run()}>
          <X aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
