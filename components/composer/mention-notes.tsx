"use client";
import { AtSign } from "lucide-react";
import type { ReactNode } from "react";
import { recipientNames } from "@/components/people/recipient-names";
import { roomLabel } from "@/components/rooms/room-name";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { partsOf } from "@/lib/client/draft-places";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { dismissMentionNotes } from "@/lib/client/stores/outbox";

type MentionNotesProps = { /** The place of the composer. */ place: string; onDone: () => void };

/** What I have to know about the mentions of the message that I just sent. */
export default function MentionNotes({ place, onDone }: MentionNotesProps) {
  const { stores } = useParley();
  const notes = useStore(stores.outbox, ({ mentionNotes }) => mentionNotes.get(place));
  const item = useRoom(partsOf(place).roomId);
  if (!notes || !item) return null;
  const dismiss = () => {
    dismissMentionNotes(stores.outbox, place);
    onDone();
  };
  return (
    <ul
      aria-label="Problems with your mentions"
      className="max-h-40 divide-y overflow-y-auto border-b max-md:mb-2 max-md:basis-full"
    >
      {notes.refused.map(({ handle, reason }) => (
        <Note key={handle} onDismiss={dismiss}>
          @{handle} notified no one. {reason}
        </Note>
      ))}
      {notes.outsiderIds.length > 0 && (
        // With another message, the buttons send another intent.
        <Outsiders key={notes.messageId} item={item} personIds={notes.outsiderIds} onDone={dismiss} />
      )}
    </ul>
  );
}

type NoteProps = { onDismiss: () => void; children: ReactNode; actions?: ReactNode };

function Note({ onDismiss, children, actions }: NoteProps) {
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-1 py-1 ps-3.5 pe-1.5 text-sm text-ink-soft">
      <AtSign aria-hidden className="size-3.5 flex-none" />
      <p role="status" className="min-w-0 flex-1 wrap-anywhere">
        {children}
      </p>
      {actions}
      <Button size="sm" variant="ghost" onClick={onDismiss}>
        Dismiss
      </Button>
    </li>
  );
}

type OutsidersProps = { item: RoomListItem; personIds: readonly string[]; onDone: () => void };

/** Says who is not in the room, and adds or invites them. */
function Outsiders({ item: { roomId, room, membership }, personIds, onDone }: OutsidersProps) {
  const { stores } = useParley();
  const call = useCall();
  const people = useStore(
    stores.people,
    useShallow((state) => personIds.flatMap((id) => state.people.get(id) ?? [])),
  );
  const mayAdd = useRoomOffers({ room, membership }).has("addPeople");
  const where = room.kind === "direct" ? "this conversation" : roomLabel(room);
  const names = people.length > 0 ? recipientNames(people) : "Someone you mentioned";
  const finish = (done: string) => {
    toast.success(`${done} ${names} to ${where}`);
    onDone();
  };
  const adding = useMutation(async () => {
    await call("membership.add", { roomId, personIds: [...personIds] });
    finish("Added");
  });
  const inviting = useMutation(async () => {
    for (const personId of personIds) await call("roomInvite.send", { roomId, personId, note: "" });
    finish("Invited");
  });
  const error = adding.error ?? inviting.error;
  const isBusy = adding.isPending || inviting.isPending;
  const isOne = personIds.length === 1;
  return (
    <Note
      onDismiss={onDone}
      actions={
        mayAdd && (
          <>
            <Button size="sm" busy={adding.isPending} disabled={isBusy} onClick={() => void adding.run()}>
              Add to room
            </Button>
            <Button
              size="sm"
              variant="ghost"
              busy={inviting.isPending}
              disabled={isBusy}
              onClick={() => void inviting.run()}
            >
              Invite to room
            </Button>
          </>
        )
      }
    >
      <bdi>{names}</bdi> {isOne ? "isn't" : "aren't"} in {where}, so {isOne ? "that person" : "they"} can't see your
      message.
      {error && <span className="block text-danger-ink">{error.message}</span>}
    </Note>
  );
}
