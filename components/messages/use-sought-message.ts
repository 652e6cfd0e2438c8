"use client";
import { useState } from "react";
import { type Place, seekMessage, usePlace } from "@/components/shell/place";
import { toast } from "@/components/ui/toast";
import { useSoughtAs } from "./log-context";
import type { LogRowItem } from "./log-rows";
import { useFindRow } from "./use-find-row";

/**
 * Shows the message that the page's address names for this log, wherever it is in the log: `jumpTo` loads it, and `show` scrolls to it
 * and focuses it. Returns the key of the row to mark, and whether the message is not shown yet.
 */
export function useSoughtMessage(
  rows: readonly LogRowItem[],
  jumpTo: (messageId: string) => Promise<boolean>,
  show: (index: number, key: string) => void,
): { markedKey: string | null; isSeeking: boolean } {
  const as = useSoughtAs();
  const place = usePlace();
  const [markedKey, setMarked] = useState<string | null>(null);
  const soughtKey = soughtIn(place)[as];
  useFindRow(rows, soughtKey, jumpTo, (index, error) => {
    seekMessage(null, as);
    const key = rows[index]?.key;
    if (key === undefined) return sayNotFound(error);
    setMarked(key);
    show(index, key);
  });
  return { markedKey, isSeeking: soughtKey !== null };
}

const soughtIn = (place: Place) => ({
  message: place.at === "room" ? place.messageId : null,
  reply: place.at === "room" || place.at === "threads" ? place.replyId : null,
});

/** Says that a message was not found or, if there is an error, not loaded. */
export function sayNotFound(error: unknown): void {
  const text = error ? "Couldn't load that message. Try again." : "Couldn't find that message.";
  toast.error(text, { id: "log-load-failed" });
}
