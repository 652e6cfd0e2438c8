"use client";
import { Copy, DoorClosed, Trash2 } from "lucide-react";
import { usePlainText } from "@/components/markdown/plain-text";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { RoomTile } from "@/components/rooms/room-icon";
import { useRoomLabel } from "@/components/rooms/use-room-title";
import { usePaths } from "@/components/shell/place";
import { PlaceLink } from "@/components/shell/place-link";
import { IconButton } from "@/components/ui/button";
import { partsOf } from "@/lib/client/draft-places";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useDeleteDraft } from "./use-delete-draft";
import { useDraft } from "./use-draft";

const maxCharacters = 240;

/** A draft in the list: a link to its room or thread, if I can open it. `place` is that of its composer. */
export function DraftRow({ place }: { place: string }) {
  const item = useRoom(partsOf(place).roomId);
  return item ? <DraftInRoom item={item} place={place} /> : <LostDraft place={place} />;
}

function DraftInRoom({ item: { roomId, room }, place }: { item: RoomListItem; place: string }) {
  const paths = usePaths();
  const { threadId } = partsOf(place);
  const inRoom = useRoomLabel(room);
  const label = threadId ? `a thread in ${inRoom}` : inRoom;
  const { text, updatedAt } = useDraft(place);
  const toPlainText = usePlainText();
  return (
    <li className="flex items-center gap-1 border-t py-1 first:border-t-0">
      <PlaceLink
        href={threadId ? paths.thread(roomId, threadId) : paths.room(roomId)}
        className="flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-control px-2 py-2 hover:bg-hover"
      >
        <RoomTile room={room} className="size-9 rounded-thing bg-hover" iconClassName="size-4" />
        <span className="min-w-0 flex-1 leading-snug">
          <b className="block truncate text-ui font-strong">
            {threadId && "Thread in "}
            <bdi>{inRoom}</bdi>
          </b>
          <span dir="auto" className="line-clamp-2 text-sm text-ink-soft wrap-anywhere">
            {toPlainText({ body: text }, maxCharacters)}
          </span>
        </span>
      </PlaceLink>
      <SavedAt updatedAt={updatedAt} />
      <DeleteButton place={place} label={label} />
    </li>
  );
}

/** A draft in a room that I am no longer in, or that no longer exists. */
function LostDraft({ place }: { place: string }) {
  const { text, updatedAt, copy } = useDraft(place);
  return (
    <li className="flex items-center gap-1 border-t py-1 first:border-t-0">
      <div className="flex min-h-14 min-w-0 flex-1 items-center gap-3 px-2 py-2">
        <span className="grid size-9 flex-none place-items-center rounded-thing bg-hover text-ink-soft">
          <DoorClosed aria-hidden className="size-4" />
        </span>
        <div className="min-w-0 flex-1 leading-snug">
          <p className="truncate text-ui text-ink-soft">In a room you can't open</p>
          <p dir="auto" className="line-clamp-4 text-sm whitespace-pre-wrap text-ink wrap-anywhere">
            {text}
          </p>
        </div>
      </div>
      <SavedAt updatedAt={updatedAt} />
      <IconButton label="Copy draft" onClick={() => void copy()}>
        <Copy aria-hidden />
      </IconButton>
      <DeleteButton place={place} label="a room you can't open" />
    </li>
  );
}

function SavedAt({ updatedAt }: { updatedAt: string | null }) {
  return (
    <span className="flex-none px-1 text-xs text-ink-faint tabular-nums">
      {updatedAt ? <Time at={updatedAt} format={shortTime} /> : "Only in this browser"}
    </span>
  );
}

function DeleteButton({ place, label }: { place: string; label: string }) {
  const deleting = useDeleteDraft(place);
  return (
    <IconButton
      label={`Delete draft in ${label}`}
      aria-disabled={deleting.isPending || undefined}
      onClick={() => void deleting.run()}
    >
      <Trash2 aria-hidden />
    </IconButton>
  );
}
