"use client";
import { Check, NotebookPen, UserPlus } from "lucide-react";
import { useEffect } from "react";
import { notesToSelf } from "@/components/rooms/room-name";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Empty } from "@/components/ui/empty";
import { Marked } from "@/components/ui/marked";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useMe } from "@/lib/client/hooks/use-me";
import { finder } from "@/lib/contract/find";
import type { Person } from "@/lib/contract/person";
import { PersonAvatar } from "./person-avatar";
import { PresenceWords } from "./presence-words";

type FoundPeopleProps = {
  /** The id of the list. */
  id: string;
  query: string;
  found: { status: "loading" | "ready" | "error"; reload: () => void };
  people: readonly Person[];
  isSearching: boolean;
  isChosen: (person: Person) => boolean;
  /** Whether I block the person, so that they cannot be chosen. */
  isBlocked: (person: Person) => boolean;
  /** Whether no more people can be chosen. */
  isFull: boolean;
  /** The id of the person whom Enter chooses. */
  activeId: string | undefined;
  onChoose: (person: Person) => void;
};

/** The id of a person's row. */
export const rowId = (listId: string, personId: string): string => `${listId}-${personId}`;

/** The people whom a search found. The keys are those of the search field. */
export function FoundPeople(props: FoundPeopleProps) {
  const { id, query, found, people, isSearching, isChosen, isBlocked, isFull, activeId, onChoose } = props;
  const { me } = useMe();
  const find = finder(query);
  useEffect(() => {
    if (activeId) document.getElementById(rowId(id, activeId))?.scrollIntoView({ block: "nearest" });
  }, [id, activeId]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 py-2 max-md:px-2">
      {isSearching && <ListSkeleton rows={5} label="Loading people" className="px-2" />}
      {found.status === "error" && (
        <Empty
          icon={<UserPlus />}
          title="Couldn't load people"
          actions={<Button onClick={found.reload}>Try again</Button>}
        />
      )}
      {found.status === "ready" && !isSearching && people.length === 0 && (
        <Empty icon={<UserPlus />} title="No one found">
          {query ? `No one you can write to has “${query}” in their name or handle.` : "There is no one else here yet."}
        </Empty>
      )}
      <div id={id} role="listbox" aria-label="People" aria-multiselectable className="max-w-150">
        {people.map((person) => {
          const isMe = person.id === me.id;
          const isActive = person.id === activeId;
          const isDisabled = !isChosen(person) && (isFull || isBlocked(person));
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox has the focus and receives the keys
            <div
              key={person.id}
              id={rowId(id, person.id)}
              tabIndex={-1}
              role="option"
              aria-selected={isChosen(person)}
              aria-disabled={isDisabled || undefined}
              className={cn(
                "flex min-h-12 cursor-pointer items-center gap-3 rounded-control px-2 py-1 aria-disabled:cursor-default aria-disabled:opacity-50",
                isActive ? "selected text-ink" : "hover:bg-hover",
              )}
              onClick={() => !isDisabled && onChoose(person)}
            >
              {isMe ? (
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
                  <bdi>
                    {isMe ? (
                      notesToSelf
                    ) : (
                      <Marked text={person.name} marks={(query && find(person.name)?.marks) || []} />
                    )}
                  </bdi>
                </span>
                <span className={cn("block truncate text-xs", isActive ? "text-ink-soft" : "text-ink-faint")}>
                  {isMe ? (
                    "Only you can see this"
                  ) : (
                    <bdi>{[`@${person.handle}`, person.title].filter(Boolean).join(", ")}</bdi>
                  )}
                </span>
              </span>
              <span
                className={cn(
                  "max-w-40 flex-none truncate text-xs empty:hidden",
                  isActive ? "text-ink-soft" : "text-ink-faint",
                )}
              >
                {isBlocked(person) ? "Blocked" : !isMe && <PresenceWords person={person} />}
              </span>
              <Check aria-hidden className={cn("size-4 flex-none text-accent-ink", !isChosen(person) && "invisible")} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
