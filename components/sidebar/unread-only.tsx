"use client";
import { ListFilter, MailCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useMarkRead } from "./use-mark-read";

/** Says above the list that it has only unread rooms. */
export function UnreadOnlyHead({ onShowAll }: { onShowAll: () => void }) {
  return (
    <div className="mb-3 flex h-control items-center gap-2.5 rounded-control bg-accent-soft ps-2 pe-1 text-sm font-strong text-accent-ink max-md:h-touch">
      <ListFilter aria-hidden className="size-4 flex-none" />
      <span className="flex-1">Unread only</span>
      <Button variant="link-accent" onClick={onShowAll}>
        Show all
      </Button>
    </div>
  );
}

/** Says below it how many of my rooms are hidden. */
export function UnreadOnlyEnd({ hiddenCount, rooms }: { hiddenCount: number; rooms: readonly RoomListItem[] }) {
  const markRead = useMarkRead();
  return (
    <div className="border-t px-2 pt-3 text-sm text-ink-faint">
      <p>
        {hiddenCount === 0
          ? "No room is hidden."
          : hiddenCount === 1
            ? "1 read or muted room is hidden."
            : `${hiddenCount.toLocaleString()} read or muted rooms are hidden.`}
      </p>
      <Button variant="link" icon={<MailCheck aria-hidden />} onClick={() => markRead(rooms)} className="mt-2">
        Mark all as read
      </Button>
    </div>
  );
}
