"use client";
import { useCallback } from "react";
import { useParley } from "./use-parley";

/**
 * Returns a function that sends to this room, perhaps in reply to a message of it. The message is shown immediately and sent as soon as
 * possible.
 */
export function useSendMessage(roomId: string): (body: string, replyToId?: string) => void {
  const { outbox } = useParley();
  return useCallback((body: string, replyToId?: string) => outbox.send(roomId, body, { replyToId }), [outbox, roomId]);
}
