"use client";
import { Check, NotebookPen, UserPlus } from "lucide-react";
import { notesToSelf } from "@/components/rooms/room-name";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Empty } from "@/components/ui/empty";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Person } from "@/lib/contract/person";
import { PersonAvatar } from "./person-avatar";

type FoundPeopleProps = {
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
  onChoose: (person: Person) => void;
};

/** The people whom a search found, as buttons that choose them. */
export function FoundPeople(props: FoundPeopleProps) {
  const { id, query, found, people, isSearching, isChosen, isBlocked, isFull, onChoose } = props;
  const { me } = useMe();
  return (
    <div id={id} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 py-2 max-md:px-2">
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
          {query ? `No one has “${query}” in their name or handle.` : "There is no one else here yet."}
        </Empty>
      )}
      <ul aria-label="People" className="max-w-150">
        {people.map((person) => {
          const isMe = person.id === me.id;
          return (
            <li key={person.id}>
              <button
                type="button"
                aria-pressed={isMe ? undefined : isChosen(person)}
                disabled={!isChosen(person) && (isFull || isBlocked(person))}
                className="flex min-h-12 w-full items-center gap-3 rounded-control px-2 py-1 text-start -outline-offset-2 hover:bg-hover disabled:opacity-50"
                onClick={() => onChoose(person)}
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
                    <bdi>{isMe ? notesToSelf : person.name}</bdi>
                  </span>
                  <span className="block truncate text-xs text-ink-faint">
                    {isMe ? (
                      "Only you can see this"
                    ) : isBlocked(person) ? (
                      "You blocked them"
                    ) : (
                      <bdi>{[`@${person.handle}`, person.title].filter(Boolean).join(", ")}</bdi>
                    )}
                  </span>
                </span>
                <Check aria-hidden className={cn("size-4 text-accent-ink", !isChosen(person) && "invisible")} />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
