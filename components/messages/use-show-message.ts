"use client";
import { openPlace, openThread, seekMessage, usePaths, usePlace } from "@/components/shell/place";
import type { Message } from "@/lib/contract/message";
import { standsInThread } from "@/lib/contract/paths";
import { useSoughtAs } from "./log-context";

/**
 * Returns a function that shows a message where it stands, in its room or in its thread, and marks it. A reply that both show is
 * shown in the log that asks for it.
 */
export function useShowMessage() {
  const place = usePlace();
  const paths = usePaths();
  const isAskedInThread = useSoughtAs() === "reply";
  return (message: Pick<Message, "id" | "roomId" | "threadId" | "alsoInRoom" | "movedAt">) => {
    const { id, roomId, threadId } = message;
    const isInOpenThread = threadId !== null && threadId === openThread(place)?.threadId;
    if (isInOpenThread && (isAskedInThread || standsInThread(message))) seekMessage(id, "reply");
    else if (place.roomId === roomId && !standsInThread(message)) seekMessage(id);
    else openPlace(paths.messageIn(message));
  };
}
