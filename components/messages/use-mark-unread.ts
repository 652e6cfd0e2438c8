"use client";
import { useCallback, useContext } from "react";
import { toast } from "@/components/ui/toast";
import { toCallError } from "@/lib/client/call-error";
import { useNow } from "@/lib/client/hooks/use-now";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { Message } from "@/lib/contract/message";
import { ThreadContext } from "./log-context";

/** Returns a function that marks a room, or the thread whose log this is, as unread, starting at a message. It shows a toast with an Undo button. */
export function useMarkUnread(roomId: string): (message: Message) => Promise<void> {
  const { stores, markRead, markUnread } = useParley();
  const thread = useContext(ThreadContext);
  const formats = useNow((now) => now.formats);
  return useCallback(
    async (message: Message) => {
      const lastReadSeq = stores.rooms.getState().rooms.get(roomId)?.membership.lastReadSeq ?? 0;
      let undo = () => markRead(roomId, lastReadSeq);
      try {
        if (thread) undo = await thread.markUnread(message.seq);
        else await markUnread(roomId, message.seq);
      } catch (error) {
        toast.error(toCallError(error).message, { id: "unread" });
        return;
      }
      toast.success(`Unread again from ${formats?.time.format(new Date(message.createdAt))}`, {
        id: "unread",
        action: { label: "Undo", onClick: undo },
      });
    },
    [stores, roomId, formats, markRead, markUnread, thread],
  );
}
