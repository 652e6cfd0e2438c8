"use client";
import { Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFoundGroups } from "@/components/groups/use-found-groups";
import { Checkbox } from "@/components/ui/choices";
import { Input } from "@/components/ui/input";
import { RemovableChip } from "@/components/ui/tag";
import { isKey } from "@/components/ui/keys";
import { foundBefore } from "@/lib/client/found-before";
import { useQuery } from "@/lib/client/hooks/use-query";

export type PickerOption = { id: string; name: string };
type PickerProps = { selected: PickerOption[]; onChange: (selected: PickerOption[]) => void };

// Longer lists get a search field.
const maxWithoutSearch = 8;

/** Chooses the rooms that people join through the invite, in addition to the default rooms. */
export function RoomPicker(props: PickerProps) {
  const [text, setText] = useState("");
  const query = text.trim();
  const { data, answeredInput, error, isStale } = useQuery(
    { query: query || undefined, limit: 50 },
    (call, input) => call("room.list", input),
    { afterTyping: query !== "" },
  );
  const found = (data?.rooms ?? []).flatMap(({ room }) =>
    room.joinsEveryone || !room.name ? [] : [{ id: room.id, name: room.name }],
  );
  const rooms = foundBefore(found, { typed: query, answered: answeredInput?.query }, ({ name }) => [name]);
  const needsSearch = text !== "" || typeof data?.next === "string" || rooms.length > maxWithoutSearch;
  return (
    <Picker
      {...props}
      legend="Rooms"
      options={rooms}
      problem={error?.message ?? null}
      emptyText={answeredInput?.query && !isStale ? "No rooms found." : null}
    >
      {needsSearch && <SearchField label="Search rooms" text={text} onChange={setText} />}
    </Picker>
  );
}

type GroupPickerProps = PickerProps & {
  legend?: string;
  /** Offers only groups that the viewer is in, plus `others`. */
  isMine?: boolean;
  /** Groups that can be chosen in addition to the search results. */
  others?: readonly PickerOption[];
};

const noOptions: readonly PickerOption[] = [];

/** Chooses the groups that people join through an invite, or the groups of a restricted room. */
export function GroupPicker({ legend = "Groups", isMine = false, others = noOptions, ...props }: GroupPickerProps) {
  const [text, setText] = useState("");
  const { groups: found = [], hasMore, isFound, isStale, error } = useFoundGroups({ text, isMine, limit: 50 });
  const kept = isFound ? [] : others.filter(({ id }) => !found.some((group) => group.id === id));
  const options = [...found, ...kept];
  const needsSearch = text !== "" || hasMore || options.length > maxWithoutSearch;
  return (
    <Picker
      {...props}
      legend={legend}
      options={options}
      problem={error?.message ?? null}
      emptyText={isFound && !isStale ? "No groups found." : null}
    >
      {needsSearch && <SearchField label="Search groups" text={text} onChange={setText} />}
    </Picker>
  );
}

function SearchField({ label, text, onChange }: { label: string; text: string; onChange: (text: string) => void }) {
  return (
    <Input
      type="search"
      size="sm"
      icon={<Search aria-hidden />}
      aria-label={label}
      placeholder={label}
      maxLength={100}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      // Without this, Enter would submit the form around the field.
      onKeyDown={(event) => isKey(event, "enter") && event.preventDefault()}
      className="mb-2"
    />
  );
}

type ListProps = PickerProps & {
  legend: string;
  options: readonly PickerOption[];
  problem: string | null;
  emptyText: string | null;
  children: ReactNode;
};

/**
 * A list of checkboxes. Selected options that are not in the list are shown above it. Renders nothing if there are no options.
 */
function Picker({ legend, options, selected, onChange, problem, emptyText, children }: ListProps) {
  if (!problem && !emptyText && options.length === 0 && selected.length === 0 && !children) return null;
  const ids = new Set(selected.map(({ id }) => id));
  const unlisted = selected.filter(({ id }) => !options.some((option) => option.id === id));
  const remove = (id: string) => onChange(selected.filter((option) => option.id !== id));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-strong">{legend}</legend>
      {children}
      {unlisted.length > 0 && (
        <div className="mb-2 flex flex-wrap gap-1.5">
          {unlisted.map((option) => (
            <RemovableChip key={option.id} name={option.name} onRemove={() => remove(option.id)} />
          ))}
        </div>
      )}
      {problem && <p className="text-sm text-danger-ink">{problem}</p>}
      {emptyText && options.length === 0 && <p className="text-sm text-ink-faint">{emptyText}</p>}
      <div className="max-h-48 overflow-y-auto">
        <div className="grid gap-x-4 md:grid-cols-2">
          {options.map(({ id, name }) => (
            <Checkbox
              key={id}
              checked={ids.has(id)}
              onChange={(event) => (event.target.checked ? onChange([...selected, { id, name }]) : remove(id))}
              label={<span className="min-w-0 truncate text-ink">{name}</span>}
              className="min-w-0! md:min-h-8"
            />
          ))}
        </div>
      </div>
    </fieldset>
  );
}
