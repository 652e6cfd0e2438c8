"use client";
import { AskLinkActs } from "@/components/join-requests/ask-link-section";
import { RequestList, useJoinRequests } from "@/components/join-requests/join-requests";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useOwnClock } from "@/lib/client/hooks/use-me";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Room } from "@/lib/contract/room";
import type { MembershipSubject } from "@/lib/policy/room";
import { LoadError } from "./load-error";

/** The requests to join a private room, and its ask link. */
export default function RoomRequests(situation: { room: Room; membership: MembershipSubject | null }) {
  const { room } = situation;
  const offers = useRoomOffers(situation);
  const mayRunLink = offers.has("askLink");
  const list = useJoinRequests(room, useOwnClock());
  const shown = useQuery(mayRunLink ? { roomId: room.id } : null, (call, input) => call("askLink.show", input), {
    version: room.changedSeq,
  });
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
          <RequestList list={list} mayApprove={offers.has("approveRequests")} />
        </div>
      ) : (
        <p className="text-sm text-ink-faint">No one is asking to join.</p>
      )}
      {shown.data && (
        <div>
          <h3 className="mb-1 text-sm font-strong">Link to ask to join</h3>
          <AskLinkActs
            roomId={room.id}
            link={shown.data.link}
            mayCreate={offers.has("createAskLink")}
            onChanged={shown.reload}
          />
        </div>
      )}
    </>
  );
}
