"use client";
import { ChevronDown, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { retrying } from "@/components/ui/on-demand";
import { Select } from "@/components/ui/select";
import { useAddressState } from "./address-state";
import { filterSize } from "./filter-size";

const GroupFilter = dynamic(
  retrying(() => import("./group-filter")),
  { ssr: false, loading: () => <NoGroupYet /> },
);

/** Shown instead of the group filter while its code is fetched. */
function NoGroupYet() {
  return (
    <Button className={filterSize} disabled>
      Any group <ChevronDown aria-hidden />
    </Button>
  );
}

const maxText = 100;

/** The value of an option that does not filter, such as "Any role". */
export const anyValue = "";

/** The value `chosen`, if it is one of the options. Undefined if that option does not filter. */
export const chosenOf = <Value extends string>(
  options: readonly { value: Value | typeof anyValue }[],
  chosen: string,
): Value | undefined =>
  options.map(({ value }) => value).find((value): value is Value => value === chosen && value !== anyValue);

/** A select above a table. Its first option is the default. */
export interface Choice<Name extends string> {
  name: Name;
  label: string;
  options: { value: string; label: string }[];
}

type Group = { id: string; name: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";

const toText = (value: unknown) => (isText(value) && value.length <= maxText ? value : undefined);
const toChosen = (value: unknown): Record<string, string> | undefined =>
  isRecord(value) && Object.values(value).every(isText) ? (value as Record<string, string>) : undefined;
function toGroup(value: unknown): Group | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name } = value;
  return isText(id) && isText(name) && uuid.test(id) ? { id, name } : undefined;
}

/** The search field, selects and group filter above a table, with their values. `clear` resets them, but keeps the sort order. */
export function useTableFilters<Name extends string>(
  field: { label: string; placeholder: string },
  choices: readonly Choice<Name | "sort">[],
) {
  const [text, setText] = useAddressState("search", toText, "");
  const [chosen, setChosen] = useAddressState("filters", toChosen, {});
  const [group, setGroup] = useAddressState<Group | null>("group", toGroup, null);
  const valueOf = (name: Name | "sort") =>
    chosen[name] ?? choices.find((choice) => choice.name === name)?.options[0]?.value ?? anyValue;
  const bar = (
    <div className="mb-3 flex flex-wrap gap-2">
      <Input
        type="search"
        size="sm"
        icon={<Search aria-hidden />}
        aria-label={field.label}
        placeholder={field.placeholder}
        maxLength={maxText}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="max-md:w-full md:w-[260px]"
      />
      {/* On phones, the filters are one row, which scrolls. The padding is for the ring of the one that has the focus. */}
      <div className="contents max-md:-m-1 max-md:flex max-md:w-[calc(100%+8px)] max-md:gap-2 max-md:overflow-x-auto max-md:p-1">
        {choices
          .filter(({ options }) => options.length > 1)
          .map(({ name, label, options }) => (
            <Select
              key={name}
              size="sm"
              aria-label={label}
              className="max-w-48 max-md:max-w-none max-md:flex-[1_0_auto]"
              options={options}
              value={valueOf(name)}
              onChange={(event) => setChosen({ ...chosen, [name]: event.target.value })}
            />
          ))}
        <GroupFilter chosen={group} onChange={setGroup} />
      </div>
    </div>
  );
  const clear = () => {
    setText("");
    setChosen(chosen.sort ? { sort: chosen.sort } : {});
    setGroup(null);
  };
  return { query: text.trim() || undefined, groupId: group?.id, valueOf, bar, clear };
}
