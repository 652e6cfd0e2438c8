"use client";
import { ArrowUpRight, Hash } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useEffect } from "react";
import { peopleCount, roomName } from "@/components/rooms/room-name";
import { MissingNote } from "@/components/ui/missing-note";
import { usePaths } from "@/components/shell/place";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { retrying } from "@/components/ui/on-demand";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";
import { useTick } from "@/lib/client/hooks/use-tick";
import type { Asker } from "@/lib/policy/decision";
import { LoadError } from "./load-error";
import { SettingsPage } from "./page";
import { type FoundRoom, isOutsideOf } from "./room-section-props";

const refreshEveryMs = 5000;

const load = () => import("./room-sections");
const RoomSections = dynamic(retrying(load, MissingNote), {
  ssr: false,
  loading: () => <ListSkeleton rows={6} label="Loading the room" />,
});

/** The settings page of one room, with all actions of owners and admins. */
export function RoomPage({ roomId, asker }: { roomId: string; asker: Asker }) {
  const paths = usePaths();
  // Polls, because no event reaches this page when people join or leave by themselves.
  const version = useTick(refreshEveryMs);
  const { data, error, reload } = useQuery({ roomId }, (call, input) => call("room.administer", input), { version });
  // Fetches the code of the sections while the room is loading.
  useEffect(() => void load().catch(() => {}), []);
  if (error || !data) {
    return (
      <SettingsPage title="Room">
        {error ? (
          <LoadError title="Couldn't load the room" message={error.message} onRetry={reload} />
        ) : (
          <ListSkeleton rows={6} label="Loading the room" />
        )}
      </SettingsPage>
    );
  }
  const [row] = data.rooms;
  if (!row) {
    return (
      <SettingsPage title="Room">
        <Empty
          icon={<Hash />}
          title="This room doesn't exist"
          actions={
            <Button asChild>
              <Link href={paths.setting("rooms")}>All rooms</Link>
            </Button>
          }
        >
          It may have been deleted.
        </Empty>
      </SettingsPage>
    );
  }
  const found = { ...row, room: { ...row.room, bansAsker: row.banned } };
  const { room, messages } = found;
  const isOutside = isOutsideOf(found);
  const situation = situationOf(found);
  return (
    <SettingsPage
      title={roomName(room)}
      organizationName="Rooms"
      description={`${peopleCount(room.memberCount)}, ${messages.toLocaleString()} messages as counted a few minutes ago.`}
      narrow
      actions={
        !isOutside && (
          <Button asChild icon={<ArrowUpRight aria-hidden />}>
            <Link href={paths.room(roomId)}>Open room</Link>
          </Button>
        )
      }
    >
      {situation && (
        <Banner tone="neutral" className="mb-5 rounded-control">
          {situation}
        </Banner>
      )}
      <RoomSections found={found} asker={asker} onChanged={reload} />
    </SettingsPage>
  );
}

/** A sentence about what the viewer can do, if the room is archived or the viewer is outside it. Otherwise null. */
function situationOf(found: FoundRoom): string | null {
  const isOutside = isOutsideOf(found);
  const acts = "remove and ban people, and make a member an admin";
  if (found.room.archivedAt)
    return `This room is archived. You can unarchive or delete it, and remove and ban people. The rest can be changed once it's unarchived${isOutside ? ", by its admins" : ""}.`;
  if (!isOutside) return null;
  const where = found.banned ? "You're banned from this room" : "You're not in this private room";
  return `${where}. You can rename, archive and delete it, ${acts}. The rest is for its admins.`;
}
