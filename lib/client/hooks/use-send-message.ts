"use client";
import { useCallback } from "react";
import { useParley } from "./use-parley";

/**
 * Returns a function that sends the text of this room's composer, perhaps in reply to a message of the room. The message is shown
 * immediately and sent as soon as possible.
 */
export function useSendMessage(roomId: string): (body: string, replyToId?: string) => void {
  const { outbox } = useParley();
  return useCallback(
    (body: string, replyToId?: string) => outbox.send(roomId, body, { isDraft: true, replyToId }),
    [outbox, roomId],
  );
}
