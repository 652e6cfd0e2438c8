"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isKey } from "@/components/ui/keys";
import { RemovableChip } from "@/components/ui/tag";
import { useChooseFirst } from "@/components/ui/use-choose-first";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useQuery } from "@/lib/client/hooks/use-query";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import { PersonPicture } from "./person-avatar";

const maxShown = 6;

type PeopleFieldProps = {
  label: string;
  hint?: string | undefined;
  chosen: readonly Person[];
  onChange: (people: Person[]) => void;
  /** The id of a person who cannot be chosen. */
  excludedId?: string;
};

/** Chooses people of the organization by name. Matching people are listed below the field, chosen people are chips. */
export function PeopleField({ label, hint, chosen, onChange, excludedId }: PeopleFieldProps) {
  const [text, setText] = useState("");
  const query = text.trim();
  const { data, answeredInput, isStale } = useQuery(
    // So many that enough are left without those who cannot be chosen.
    query ? { query, limit: Math.min(chosen.length + 1 + maxShown, limits.people) } : null,
    (call, input) => call("person.list", input),
    {
      afterTyping: true,
    },
  );
  const isChosen = (person: Person) => chosen.some(({ id }) => id === person.id);
  const before = { typed: query, answered: answeredInput?.query };
  const found = (query ? foundBefore(data?.people ?? [], before, nameAndHandle) : [])
    .filter((person) => person.id !== excludedId && !person.deactivatedAt && !isChosen(person))
    .slice(0, maxShown);
  function add(person: Person) {
    onChange([...chosen, person]);
    setText("");
  }
  const first = useChooseFirst(isStale, () => found[0] && add(found[0]));
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} hint={hint ?? "Optional. You can add more people later."}>
        <Input
          type="search"
          icon={<Search aria-hidden />}
          placeholder="Name or handle"
          autoComplete="off"
          maxLength={100}
          value={text}
          onChange={(event) => {
            first.cancel();
            setText(event.target.value);
          }}
          // Without this, Enter would submit the form around the field.
          onKeyDown={(event) => {
            if (!isKey(event, "enter")) return;
            event.preventDefault();
            first.press();
          }}
        />
      </Field>
      {found.length > 0 && (
        <ul aria-label="People found">
          {found.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                className="flex min-h-9 w-full items-center gap-2.5 rounded-control px-2 py-1 text-left -outline-offset-2 hover:bg-hover max-md:min-h-touch"
                onClick={() => add(person)}
              >
                <PersonPicture person={person} size={24} />
                <span className="min-w-0 truncate text-ui">
                  <bdi>{person.name}</bdi> <span className="text-xs text-ink-faint">@{person.handle}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {chosen.map((person) => (
            <RemovableChip
              key={person.id}
              name={person.name}
              icon={<PersonPicture person={person} size={20} />}
              onRemove={() => onChange(chosen.filter(({ id }) => id !== person.id))}
            />
          ))}
        </div>
      )}
    </div>
  );
}
