"use client";
import { AskLinkActs } from "@/components/join-requests/ask-link-section";
import { RequestList, useJoinRequests } from "@/components/join-requests/join-requests";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useOwnClock } from "@/lib/client/hooks/use-me";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Room } from "@/lib/contract/room";
import { LoadError } from "./load-error";

/** The requests to join a private room, and its ask link. */
export default function RoomRequests({ room, mayRunLink }: { room: Room; mayRunLink: boolean }) {
  const list = useJoinRequests(room, useOwnClock());
  const shown = useQuery(mayRunLink ? { roomId: room.id } : null, (call, input) => call("askLink.show", input));
  const error = list.error ?? shown.error;
  if (error)
    return (
      <LoadError
        title="Couldn't load who asks to join"
        message={error.message}
        onRetry={() => {
          list.reload();
          shown.reload();
        }}
      />
    );
  if (list.status !== "ready" || (mayRunLink && !shown.data)) return <ListSkeleton rows={1} label="Loading requests" />;
  return (
    <>
      {list.rows.length > 0 ? (
        <div>
          <RequestList list={list} />
        </div>
      ) : (
        <p className="text-sm text-ink-faint">No one is asking to join.</p>
      )}
      {shown.data && (
        <div>
          <h3 className="mb-1 text-sm font-strong">Link to ask to join</h3>
          <AskLinkActs room={room} link={shown.data.link} onChanged={shown.reload} />
        </div>
      )}
    </>
  );
}
