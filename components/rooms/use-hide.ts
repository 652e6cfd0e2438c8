"use client";
import { isStillAt, openPlace, usePaths } from "@/components/shell/place";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import type { Hiding } from "@/lib/contract/membership";

const words: Record<Exclude<Hiding, "shown">, string> = {
  untilNextMessage: "Hidden until the next message",
  always: "You left the conversation",
};

/** Returns a function that hides a room from my own list, with an Undo. */
export function useHide(): (item: RoomListItem, hiding: Exclude<Hiding, "shown">) => void {
  const call = useCall();
  const paths = usePaths();
  const fail = (error: Error) => toast.error(error.message);
  return ({ roomId, lastMessage }, hiding) => {
    const undo = () =>
      void call("membership.setHidden", { roomId, hiding: "shown" }).then(() => openPlace(paths.room(roomId)), fail);
    // Hides up to the last message seen here. A newer message shows the room again.
    call("membership.setHidden", { roomId, hiding, upToSeq: lastMessage?.seq ?? 0 }).then(() => {
      if (isStillAt(paths.room(roomId))) openPlace(paths.home);
      toast.success(words[hiding], { action: { label: "Undo", onClick: undo } });
    }, fail);
  };
}
