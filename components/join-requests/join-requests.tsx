"use client";
import { inviteTime } from "@/components/room-invites/invite-times";
import { Time } from "@/components/messages/time";
import { PersonAvatar } from "@/components/people/person-avatar";
import { PersonName } from "@/components/profile/person-name";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { LoadMore } from "@/components/ui/load-more";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useList } from "@/lib/client/hooks/use-query";
import type { JoinRequest } from "@/lib/contract/join-request";
import type { Room } from "@/lib/contract/room";

/** The requests to join a room, newest first. They are loaded again when the room or `version` changes. */
export function useJoinRequests(room: Pick<Room, "id" | "changedSeq">, version: number) {
  return useList(
    { roomId: room.id, changedSeq: room.changedSeq },
    async (call, { roomId }, after) => {
      const { requests, next } = await call("joinRequest.list", { roomId, after });
      return { rows: requests, next };
    },
    { version },
  );
}

/** In a room's details: the people who ask to join. */
export function JoinRequests({ room, count, mayApprove }: { room: Room; count: number; mayApprove: boolean }) {
  const list = useJoinRequests(room, count);
  return (
    <section className="mt-5 border-t pt-4" aria-label="Requests to join">
      <h4 className="mb-2 flex items-center gap-2 text-sm font-strong">
        Asking to join <Badge amber count={count} />
      </h4>
      <RequestList list={list} mayApprove={mayApprove} />
    </section>
  );
}

type RequestListProps = {
  list: ReturnType<typeof useJoinRequests>;
  /** Whether the viewer may approve requests. Nobody can in an archived room. Whoever sees requests can always refuse them. */
  mayApprove: boolean;
};

export function RequestList({ list, mayApprove }: RequestListProps) {
  return (
    <>
      <ul ref={keepFocusInRows} aria-label="Requests to join" className="flex flex-col gap-3">
        {list.rows.map((request) => (
          <RequestRow key={request.id} request={request} mayApprove={mayApprove} />
        ))}
      </ul>
      <LoadMore list={list} className="mt-2" />
    </>
  );
}

function RequestRow({ request, mayApprove }: { request: JoinRequest; mayApprove: boolean }) {
  const { id, person, note, createdAt } = request;
  const call = useCall();
  const showError = (error: Error) => toast.error(error.message);
  const approve = useMutation(() => call("joinRequest.approve", { joinRequestId: id }), showError);
  const refuse = useMutation(() => call("joinRequest.refuse", { joinRequestId: id }), showError);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      <PersonAvatar person={person} size={32} cardOf={person.id} />
      <div className="min-w-0">
        <p className="truncate text-ui leading-snug">
          <PersonName personId={person.id}>{person.name}</PersonName>
        </p>
        <p className="text-xs text-ink-faint">
          Asked <Time at={createdAt} format={inviteTime} />
        </p>
        {note && (
          <p dir="auto" className="mt-1 text-sm text-ink-soft whitespace-pre-wrap wrap-anywhere">
            {note}
          </p>
        )}
        <div className="mt-2 flex gap-2">
          <Button size="sm" busy={refuse.isPending} onClick={() => void refuse.run()}>
            Refuse<span className="sr-only"> {person.name}</span>
          </Button>
          {mayApprove && (
            <Button size="sm" busy={approve.isPending} onClick={() => void approve.run()}>
              Approve<span className="sr-only"> {person.name}</span>
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
