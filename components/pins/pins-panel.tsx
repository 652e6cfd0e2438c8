"use client";
import { CloudAlert, Pin, RotateCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { actionsFor } from "@/components/messages/message-actions";
import { useAsker } from "@/components/people/use-asker";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useCall } from "@/lib/client/hooks/use-call";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { changePin } from "./change-pin";
import { PinRow } from "./pin-row";
import { usePins } from "./use-pins";

/** The pinned messages of a room, latest first. Pressing one shows it in the log. */
export function PinsPanel({ item: { room, membership } }: { item: RoomListItem }) {
  const pins = usePins(room);
  const asker = useAsker();
  const call = useCall();
  const place = useRef<HTMLDivElement>(null);
  const hasUnpinned = useRef(false);
  const messages = pins.data?.messages;
  // The last row is removed with its button, which had the focus.
  useEffect(() => {
    if (hasUnpinned.current && messages?.length === 0) place.current?.focus();
    hasUnpinned.current = false;
  }, [messages]);

  return (
    <div ref={place} tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto pt-bar outline-none">
      {pins.status === "loading" && <ListSkeleton rows={4} label="Loading pinned messages" className="p-4" />}
      {pins.status === "error" && (
        <Empty
          icon={<CloudAlert />}
          title="Couldn't load pinned messages"
          heading="h3"
          actions={
            <Button icon={<RotateCw aria-hidden />} onClick={pins.reload}>
              Try again
            </Button>
          }
        >
          {pins.error?.message}
        </Empty>
      )}
      {messages?.length === 0 && (
        <Empty icon={<Pin />} title="Nothing is pinned" heading="h3">
          Pin a message from its menu, so that everyone here finds it again.
        </Empty>
      )}
      {messages && messages.length > 0 && (
        <ul ref={keepFocusInRows} aria-label="Pinned messages" className="px-2 py-3">
          {messages.map((message) => (
            <PinRow
              key={message.id}
              message={message}
              onUnpin={
                actionsFor({ asker, room, membership }, message).some(({ key }) => key === "unpin")
                  ? () => {
                      hasUnpinned.current = true;
                      void changePin(call, "unpin", message.id);
                    }
                  : undefined
              }
            />
          ))}
        </ul>
      )}
    </div>
  );
}
