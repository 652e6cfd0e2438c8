"use client";
import { UserRoundX, X } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import { useRoomLabel } from "@/components/rooms/use-room-title";
import { Button, IconButton } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { handlesIn } from "@/lib/contract/markdown/mentioned";
import { wordMeaning } from "@/lib/contract/mention-words";
import { absentInWords } from "./audience-words";
import { membersOf, useNames } from "./use-names";

type AbsentNoteProps = {
  item: RoomListItem;
  text: string;
  /** Called after a button was pressed: the focus returns to the field. */
  onDone: () => void;
};

/** Says who of those that a text mentions is not in the room and will not see it, and offers to add them. */
export function AbsentNote({ item, text, onDone }: AbsentNoteProps) {
  const { room } = item;
  const names = useNames(room);
  const members = membersOf(names, room);
  // After the key is on the screen: a long text must not delay it.
  const latest = useDeferredValue(text);
  const byHandle = useMemo(
    () => new Map([...names.people.values()].map((person) => [person.handle, person])),
    [names.people],
  );
  const groups = useMemo(() => new Set(names.groups.map(({ handle }) => handle)), [names.groups]);
  const absent = useMemo(() => {
    if (!members || !latest.includes("@")) return [];
    const isKnown = (handle: string) => byHandle.has(handle) || groups.has(handle) || wordMeaning(handle) !== null;
    return handlesIn(latest, isKnown)
      .flatMap((handle) => byHandle.get(handle) ?? [])
      .filter(({ id }) => !members.has(id));
  }, [latest, byHandle, groups, members]);
  const [hiddenIds, setHiddenIds] = useState<readonly string[]>([]);
  const shown = absent.filter(({ id }) => !hiddenIds.includes(id));
  if (shown.length === 0) return null;
  function hide() {
    setHiddenIds(absent.map(({ id }) => id));
    onDone();
  }
  // For other people, the button sends another intent.
  const key = shown.map(({ id }) => id).join(" ");
  return <Note key={key} item={item} people={shown} onAdded={onDone} onHide={hide} />;
}

type NoteProps = {
  item: RoomListItem;
  people: readonly { id: string; name: string }[];
  onAdded: () => void;
  onHide: () => void;
};

/** The note itself. The button appears for who may add people to the room. */
export function Note({ item: { room, membership }, people, onAdded, onHide }: NoteProps) {
  const label = useRoomLabel(room);
  const offers = useRoomOffers({ room, membership });
  const call = useCall();
  const adding = useMutation(
    async () => {
      await call("membership.add", { roomId: room.id, personIds: people.map(({ id }) => id) });
      onAdded();
    },
    (error) => toast.error(error.message),
  );
  const where = room.kind === "direct" ? "in this conversation" : `in ${label}`;
  return (
    <div
      role="status"
      className="mx-1.5 mb-1 flex animate-fade-in flex-wrap items-center gap-x-2.5 gap-y-1 rounded-control bg-warning-soft py-1.5 ps-2.5 pe-2 text-sm text-warning-ink max-md:order-first max-md:mx-0 max-md:mb-2 max-md:basis-full"
    >
      <UserRoundX aria-hidden className="size-4 flex-none" />
      <p className="min-w-30 flex-1 wrap-anywhere">
        <b className="font-strong">
          <bdi>{absentInWords(people.map(({ name }) => name))}</bdi> <bdi>{where}</bdi>
        </b>{" "}
        and won't see this.
      </p>
      {offers.has("addPeople") && (
        <Button size="sm" variant="ghost" busy={adding.isPending} onClick={() => void adding.run()}>
          {people.length === 1 ? "Add to room" : `Add ${people.length} people`}
        </Button>
      )}
      <IconButton size="sm" label="Hide" onClick={onHide}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
