"use client";
import { isStillAt, openPlace, usePaths } from "@/components/shell/place";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { firstMessagePlace, moveText, restOf } from "./first-message-text";

/**
 * Opens the direct room with some people. Sends `body` to it. Other text that was typed for these people moves to the room's
 * composer.
 */
export function useStartConversation() {
  const { outbox, texts } = useParley();
  const call = useCall();
  const paths = usePaths();
  return useMutation(async (personIds: string[], body?: string) => {
    const place = firstMessagePlace(personIds);
    const before = texts.read(place);
    const { room } = await call("direct.open", { personIds });
    if (body !== undefined) {
      outbox.send(room.id, body);
      texts.write(place, restOf(texts.read(place), before));
    }
    // Text without recipients is not meant for the notes to self.
    if (personIds.length > 0) moveText(texts, place, room.id);
    if (isStillAt(paths.newMessage)) openPlace(paths.room(room.id));
  });
}
