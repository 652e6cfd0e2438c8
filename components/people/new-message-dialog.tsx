"use client";
import { Check, NotebookPen, Search, UserPlus } from "lucide-react";
import { useId, useState } from "react";
import { useStore } from "zustand";
import { notesToSelf } from "@/components/rooms/room-name";
import type { DialogState } from "@/components/shell/open-dialog";
import { openPlace, usePaths } from "@/components/shell/place";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog } from "@/components/ui/dialog";
import { Empty } from "@/components/ui/empty";
import { Input } from "@/components/ui/input";
import { isKey } from "@/components/ui/keys";
import { ListSkeleton } from "@/components/ui/skeleton";
import { RemovableChip } from "@/components/ui/tag";
import { useChooseFirst } from "@/components/ui/use-choose-first";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useQuery } from "@/lib/client/hooks/use-query";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import { PersonAvatar, PersonPicture } from "./person-avatar";

type NewMessageDialogProps = DialogState & {
  /** The people of an existing conversation, chosen at first. Adding people to them starts another conversation. */
  personIds?: readonly string[] | undefined;
};

/** Chooses people and opens the direct room with them. If the viewer chooses themselves, their notes to self open. */
export default function NewMessageDialog({ open, onOpenChange, personIds = [] }: NewMessageDialogProps) {
  const { stores } = useParley();
  const { me } = useMe();
  const call = useCall();
  const paths = usePaths();
  const people = useStore(stores.people, (state) => state.people);
  const [chosen, setChosen] = useState<Person[]>(() =>
    personIds.flatMap((id) => (id === me.id ? [] : (people.get(id) ?? []))),
  );
  const isAdding = personIds.length > 0;
  const [text, setText] = useState("");
  const query = text.trim();
  const found = useQuery(
    open ? { query: query || undefined, limit: 50 } : null,
    (load, input) => load("person.list", input),
    {
      afterTyping: query !== "",
    },
  );
  const listId = useId();
  const isFull = chosen.length >= limits.directOthers;
  const isChosen = (person: Person) => chosen.some(({ id }) => id === person.id);
  const matching = foundBefore(
    found.data?.people ?? [],
    { typed: query, answered: found.answeredInput?.query },
    nameAndHandle,
  );
  const isSearching = found.status === "loading" || (matching.length === 0 && found.isStale && !found.error);
  // If other people are chosen, the viewer is not offered, because choosing the viewer opens the notes to self.
  const offered = matching.filter(
    (person) => !person.deactivatedAt && (person.id !== me.id || (chosen.length === 0 && !isAdding)),
  );

  const start = useMutation(async (ids: string[]) => {
    const { room } = await call("direct.open", { personIds: ids });
    openPlace(paths.room(room.id));
    onOpenChange(false);
  });
  const openChosen = () => void start.run(chosen.map(({ id }) => id));
  function choose(person: Person) {
    if (person.id === me.id) return void start.run([]);
    setChosen((current) =>
      current.some(({ id }) => id === person.id)
        ? current.filter(({ id }) => id !== person.id)
        : current.length < limits.directOthers
          ? [...current, person]
          : current,
    );
    setText("");
  }
  const first = useChooseFirst(found.isStale, () => {
    const next = offered.find((person) => !isChosen(person));
    if (next) choose(next);
  });

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={isAdding ? "Add people" : "New message"}
      description={
        isAdding
          ? "This starts another conversation. What was said so far stays in this one."
          : `Choose up to ${limits.directOthers} people. Only they can see it.`
      }
      footer={
        <>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            variant="primary"
            busy={start.isPending}
            disabled={chosen.length === 0 || (isAdding && chosen.length < personIds.length)}
            onClick={openChosen}
          >
            Open conversation
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {start.error && (
          <Banner tone="danger" className="rounded-control">
            {start.error.message}
          </Banner>
        )}
        <Input
          type="search"
          aria-label="Find people"
          aria-controls={listId}
          placeholder="Name or handle"
          icon={<Search aria-hidden />}
          autoFocus
          autoComplete="off"
          maxLength={100}
          value={text}
          onChange={(event) => {
            first.cancel();
            setText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (!isKey(event, "enter")) return;
            event.preventDefault();
            if (query) first.press();
            else if (chosen.length > 0) openChosen();
          }}
        />
        {chosen.length > 0 && (
          <div className="flex flex-wrap items-center gap-1.5">
            {chosen.map((person) => (
              <RemovableChip
                key={person.id}
                name={person.name}
                icon={<PersonPicture person={person} size={20} />}
                onRemove={() => choose(person)}
              />
            ))}
            <span className="ms-auto text-xs text-ink-faint tabular-nums">
              {chosen.length} of {limits.directOthers}
            </span>
          </div>
        )}
        <div id={listId} className="-mx-2 h-72 overflow-y-auto overscroll-contain">
          {isSearching && <ListSkeleton rows={5} label="Loading people" className="px-2" />}
          {found.status === "error" && (
            <Empty
              icon={<UserPlus />}
              heading="h3"
              title="Couldn't load people"
              actions={<Button onClick={found.reload}>Try again</Button>}
            />
          )}
          {found.status === "ready" && !isSearching && offered.length === 0 && (
            <Empty icon={<UserPlus />} heading="h3" title="No one found">
              {query ? `No one has “${query}” in their name or handle.` : "There is no one else here yet."}
            </Empty>
          )}
          <ul aria-label="People">
            {offered.map((person) => (
              <li key={person.id}>
                <button
                  type="button"
                  aria-pressed={person.id === me.id ? undefined : isChosen(person)}
                  disabled={isFull && !isChosen(person)}
                  className="flex min-h-12 w-full items-center gap-3 rounded-control px-2 py-1 text-start -outline-offset-2 hover:bg-hover disabled:opacity-50"
                  onClick={() => choose(person)}
                >
                  {person.id === me.id ? (
                    <span
                      aria-hidden
                      className="grid size-8 flex-none place-items-center rounded-thing bg-warning-soft text-warning-ink"
                    >
                      <NotebookPen className="size-4" />
                    </span>
                  ) : (
                    <PersonAvatar person={person} size={32} />
                  )}
                  <span className="min-w-0 flex-1 leading-snug">
                    <span className="block truncate text-ui">
                      <bdi>{person.id === me.id ? notesToSelf : person.name}</bdi>
                    </span>
                    <span className="block truncate text-xs text-ink-faint">
                      {person.id === me.id ? "Only you can see this" : `@${person.handle}`}
                    </span>
                  </span>
                  <Check aria-hidden className={cn("size-4 text-accent-ink", !isChosen(person) && "invisible")} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Dialog>
  );
}
