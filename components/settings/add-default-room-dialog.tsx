"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { accessWords, peopleCount, roomLabel } from "@/components/rooms/room-name";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useList } from "@/lib/client/hooks/use-query";
import type { Asker } from "@/lib/policy/decision";
import { maySetDefault } from "@/lib/policy/room-settings";

type AddDefaultRoomDialogProps = {
  asker: Asker;
  onAdded: () => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Chooses another room that newcomers join. Give it a new `key` each time it opens. */
export default function AddDefaultRoomDialog({ asker, onAdded, ...dialog }: AddDefaultRoomDialogProps) {
  const call = useCall();
  const [text, setText] = useState("");
  const query = text.trim();
  // Newcomers join public rooms only.
  const list = useList(
    { query: query || undefined, access: "public" as const, state: "open" as const, only: "notDefault" as const },
    async (request, input, after) => {
      const { rooms, next } = await request("room.administer", { ...input, after });
      return { rows: rooms, next };
    },
    { afterTyping: query !== "" },
  );
  const adding = useMutation(async (roomId: string) => {
    await call("room.setDefault", { roomId, isDefault: true });
    onAdded();
    dialog.onOpenChange(false);
  });
  const { rows, status } = list;
  const problem = adding.error ?? (status === "error" ? list.error : null);
  return (
    <Dialog {...dialog} title="Add a default room" description="Newcomers join it from now on. They can leave it.">
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
        {status === "loading" && <ListSkeleton rows={4} label="Loading rooms" />}
        {status === "ready" && rows.length === 0 && (
          <p className="text-sm text-ink-faint">No other public room found.</p>
        )}
        <ul aria-label="Rooms" aria-busy={list.isStale || undefined} className="divide-y divide-line">
          {rows.map(({ room }) => {
            const may = maySetDefault(asker, room, null);
            return (
              <li key={room.id} className="flex min-h-13 items-center gap-3 py-1.5">
                <div className="min-w-0 flex-1 leading-snug">
                  <bdi className="block truncate text-ui">{roomLabel(room)}</bdi>
                  <span className="block text-xs text-ink-faint">
                    {may.ok ? `${accessWords[room.access].name}, ${peopleCount(room.memberCount)}` : may.reason}
                  </span>
                </div>
                {may.ok && (
                  <Button
                    size="sm"
                    aria-label={`Add ${room.name}`}
                    disabled={adding.isPending}
                    onClick={() => void adding.run(room.id)}
                  >
                    Add
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        <LoadMore list={list} />
      </div>
    </Dialog>
  );
}
