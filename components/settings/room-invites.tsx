"use client";
import { SentInviteList, useSentInvites } from "@/components/room-invites/sent-invites";
import { ListSkeleton } from "@/components/ui/skeleton";
import { LoadError } from "./load-error";

/** The invites to a room that the viewer sent. Pending invites can be withdrawn. */
export default function RoomInvites({ roomId }: { roomId: string }) {
  const list = useSentInvites(roomId);
  if (list.status === "loading") return <ListSkeleton rows={1} label="Loading invites" />;
  if (list.error && list.rows.length === 0)
    return <LoadError title="Couldn't load invites" message={list.error.message} onRetry={list.reload} />;
  if (list.rows.length === 0) return <p className="text-sm text-ink-faint">You haven't invited anyone to this room.</p>;
  return (
    <div className="-mt-3">
      <SentInviteList list={list} />
    </div>
  );
}
