"use client";
import { useAsker } from "@/components/people/use-asker";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Room } from "@/lib/contract/room";
import { mayJoin } from "@/lib/policy/room";
import { roomLabel } from "./room-name";
import { useInGroup } from "./use-in-group";

/** Shown instead of the composer. */
export function JoinBar({ room }: { room: Room }) {
  const asker = useAsker();
  const call = useCall();
  const mayJoinRoom = mayJoin(asker, room, useInGroup(room));

  const join = useMutation(
    () => call("membership.join", { roomId: room.id }),
    (error) => toast.error(error.message),
  );

  return (
    <div className="mx-4 mt-2 mb-4 flex flex-none flex-wrap items-center gap-x-4 gap-y-2 rounded-card bg-hover py-3 pr-3 pl-4 max-md:mb-[max(16px,env(safe-area-inset-bottom))]">
      <p className="min-w-0 flex-1 text-ui text-ink-soft wrap-anywhere">
        {mayJoinRoom.ok ? (
          <>
            You're previewing <b className="font-strong text-ink">{roomLabel(room)}</b>. Join to post and get updates.
          </>
        ) : (
          mayJoinRoom.reason
        )}
      </p>
      {mayJoinRoom.ok && (
        <Button variant="primary" busy={join.isPending} onClick={() => void join.run()}>
          Join room
        </Button>
      )}
    </div>
  );
}
