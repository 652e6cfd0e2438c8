"use client";
import { useEffect } from "react";
import { openPlace, usePaths } from "@/components/shell/place";
import { useParley } from "@/lib/client/hooks/use-parley";
import { moveText } from "./first-message-text";

/** Shows the conversation as soon as the outbox has opened it for a message that waited at `place`, with what was typed meanwhile. */
export function useShowOpened(place: string) {
  const { stores, texts } = useParley();
  const paths = usePaths();
  useEffect(
    () =>
      stores.outbox.subscribe(({ entries }, before) => {
        const waited = new Set(before.entries.flatMap(({ id, roomId }) => (roomId === place ? [id] : [])));
        const opened = entries.find(({ id, roomId }) => waited.has(id) && roomId !== place);
        if (!opened) return;
        moveText(texts, place, opened.roomId);
        openPlace(paths.room(opened.roomId));
      }),
    [stores, texts, paths, place],
  );
}
