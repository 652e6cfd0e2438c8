"use client";
import { isStillAt, openPlace, usePaths } from "@/components/shell/place";
import { conversationWith } from "@/lib/client/conversation";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { conversationPlace } from "@/lib/client/stores/outbox";
import { moveText } from "./first-message-text";

/** Opens the direct room with some people. What was typed for them moves to the room's composer. */
export function useStartConversation() {
  const { texts } = useParley();
  const call = useCall();
  const paths = usePaths();
  return useMutation(async (personIds: string[]) => {
    const { room } = await call("direct.open", { personIds });
    // Text without recipients is not meant for the notes to self.
    if (personIds.length > 0) moveText(texts, conversationPlace(personIds), room.id);
    if (isStillAt(paths.newMessage)) openPlace(paths.room(room.id));
  });
}

/**
 * Returns a function that sends a message to some people, and shows their conversation if I have it. Otherwise the outbox opens it,
 * and keeps the message until it can.
 */
export function useSendToPeople() {
  const { outbox, stores, texts } = useParley();
  const paths = usePaths();
  return (personIds: readonly string[], body: string) => {
    texts.write(conversationPlace(personIds), "");
    const conversation = conversationWith(stores.rooms.getState(), personIds);
    if (!conversation) return outbox.sendToPeople(personIds, body);
    outbox.send(conversation.roomId, body);
    openPlace(paths.room(conversation.roomId));
  };
}
