"use client";
import { Time } from "@/components/messages/time";
import { inviteTime } from "@/components/room-invites/invite-times";
import { NamedRoomTile } from "@/components/rooms/room-icon";
import { Button } from "@/components/ui/button";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { LoadMore } from "@/components/ui/load-more";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useOwnClock } from "@/lib/client/hooks/use-me";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useList } from "@/lib/client/hooks/use-query";
import type { OwnJoinRequest } from "@/lib/contract/join-request";

/** The viewer's pending requests to join private rooms. They are loaded again whenever the viewer's own log changes. */
export function OwnRequests() {
  const list = useList(
    {},
    async (call, _, after) => {
      const { requests, next } = await call("joinRequest.listMine", { after });
      return { rows: requests, next };
    },
    { version: useOwnClock() },
  );
  if (list.status === "error")
    return (
      <p role="alert" className="mt-8 flex items-center gap-3 text-sm text-ink-soft">
        Couldn't load the rooms you asked to join.
        <Button size="sm" onClick={list.reload}>
          Try again
        </Button>
      </p>
    );
  if (list.rows.length === 0) return null;
  return (
    <section className="mt-8" aria-label="Rooms you asked to join">
      <h2 className="mb-1 text-sm font-strong">Rooms you asked to join</h2>
      <ul ref={keepFocusInRows}>
        {list.rows.map((request) => (
          <OwnRequest key={request.id} request={request} />
        ))}
      </ul>
      <LoadMore list={list} className="mt-2" />
    </section>
  );
}

function OwnRequest({ request: { id, room, note, createdAt } }: { request: OwnJoinRequest }) {
  const call = useCall();
  const withdraw = useMutation(
    () => call("joinRequest.withdraw", { joinRequestId: id }),
    (error) => toast.error(error.message),
  );
  return (
    <li className="flex min-h-13 items-center gap-3 py-1.5">
      <NamedRoomTile
        room={{ ...room, access: "private", picture: null }}
        className="size-9 rounded-thing bg-hover"
        iconClassName="size-4"
      />
      <div className="min-w-0 flex-1 leading-snug">
        <b className="block truncate text-ui font-strong">
          <bdi>{room.name}</bdi>
        </b>
        <span className="block truncate text-sm text-ink-soft">
          Asked <Time at={createdAt} format={inviteTime} />. The room's moderators and admins will decide.
        </span>
        {note && (
          <p dir="auto" className="truncate text-sm text-ink-soft">
            “{note}”
          </p>
        )}
      </div>
      <Button size="sm" busy={withdraw.isPending} onClick={() => void withdraw.run()}>
        Withdraw<span className="sr-only"> the request to join {room.name}</span>
      </Button>
    </li>
  );
}
