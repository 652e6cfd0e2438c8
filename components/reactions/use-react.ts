"use client";
import { useCallback } from "react";
import { useStore } from "zustand";
import { toast } from "@/components/ui/toast";
import { toCallError } from "@/lib/client/call-error";
import { useMe } from "@/lib/client/hooks/use-me";
import { useParley } from "@/lib/client/hooks/use-parley";
import { react, type ShownKind, shownKinds } from "@/lib/client/react";
import type { Message } from "@/lib/contract/message";
import { rememberEmoji } from "./recent-emoji";

/** Adds my reaction to a message, or removes it. The change shows at once. If it is refused, a toast says why. */
export function useReact(messageId: string): (emoji: string, isGiven: boolean) => void {
  const parley = useParley();
  const { me } = useMe();
  return useCallback(
    (emoji, isGiven) => {
      if (isGiven) rememberEmoji(me.id, emoji);
      react(parley, messageId, emoji, isGiven).catch((error: unknown) =>
        toast.error(toCallError(error).message, { id: "reaction" }),
      );
    },
    [parley, me.id, messageId],
  );
}

/** The reactions to a message, as they are shown. */
export function useShownKinds({ id, reactions }: Message): ShownKind[] {
  return shownKinds(
    reactions,
    useStore(useParley().stores.outbox, ({ wishes }) => wishes.get(id)),
  );
}
