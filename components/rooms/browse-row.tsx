"use client";
import { Check } from "lucide-react";
import { PlaceLink } from "@/components/shell/place-link";
import { openPlace, usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useRoom } from "@/lib/client/hooks/use-room";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { FoundRoom } from "@/lib/contract/room";
import { RoomTile } from "./room-icon";
import { peopleCount, roomName } from "./room-name";

/** One room of the browse screen, to preview, join or open. */
export function BrowseRow({ found }: { found: FoundRoom }) {
  const joinedRoom = useRoom(found.room.id);
  const room = joinedRoom?.room ?? found.room;
  const call = useCall();
  const path = usePaths().room(room.id);
  const name = roomName(room);

  const join = useMutation(
    async () => {
      await call("membership.join", { roomId: room.id });
      openPlace(path);
    },
    (error) => toast.error(error.message),
  );

  return (
    <li className="relative flex min-h-16 items-center gap-3 py-2.5">
      <RoomTile room={room} className="size-10 rounded-card bg-hover" iconClassName="size-[18px]" />
      <div className="min-w-0 flex-1 leading-snug">
        <h2 className="truncate text-md font-strong">
          {/* The link covers the whole row. The button lies on top of it. */}
          <PlaceLink
            href={path}
            className="after:absolute after:inset-y-1 after:-inset-x-3 after:rounded-card hover:after:bg-hover"
          >
            <bdi>{name}</bdi>
          </PlaceLink>
        </h2>
        <p className="truncate text-sm text-ink-faint">
          {room.archivedAt && "Archived · "}
          {joinedRoom && !room.archivedAt && (
            <span className="text-success-ink">
              <Check aria-hidden className="mr-1 inline size-3.5 align-[-2px]" />
              Joined ·{" "}
            </span>
          )}
          {peopleCount(room.memberCount)}
          {(room.description || room.topic) && <span dir="auto"> · {room.description || room.topic}</span>}
        </p>
      </div>
      {joinedRoom ? (
        <Button className="relative" aria-label={`Open ${name}`} onClick={() => openPlace(path)}>
          Open
        </Button>
      ) : (
        <Button className="relative" busy={join.isPending} aria-label={`Join ${name}`} onClick={() => void join.run()}>
          Join
        </Button>
      )}
    </li>
  );
}
