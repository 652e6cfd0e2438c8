"use client";
import { useCallback } from "react";
import { useParley } from "./use-parley";

/** Returns a function that sends the text of this room's composer. The message is shown immediately and sent as soon as possible. */
export function useSendMessage(roomId: string): (body: string) => void {
  const { outbox } = useParley();
  return useCallback((body: string) => outbox.send(roomId, body, true), [outbox, roomId]);
}
