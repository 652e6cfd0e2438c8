"use client";
import { useCallback } from "react";
import { useParley } from "./use-parley";

/** Sends to this room: the message is on the screen at once and goes out as soon as it can. */
export function useSendMessage(roomId: string): (body: string) => void {
  const { outbox } = useParley();
  return useCallback((body: string) => outbox.send(roomId, body), [outbox, roomId]);
}
