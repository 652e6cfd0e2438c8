"use client";
import { ChevronDown, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { isKey } from "@/components/ui/keys";
import { Popover } from "@/components/ui/popover";
import { useChooseFirst } from "@/components/ui/use-choose-first";
import { filterSize } from "./filter-size";

/** The person, room or group to which a table is limited. */
export interface Chosen {
  id: string;
  name: string;
}
export interface FoundOption extends Chosen {
  icon?: ReactNode;
  detail?: string;
}
export interface FoundPickerProps {
  chosen: Chosen | null;
  onChange: (chosen: Chosen | null) => void;
}

const kinds = {
  person: { none: "No people found.", placeholder: "Name or handle" },
  room: { none: "No rooms found.", placeholder: "Name" },
  group: { none: "No groups found.", placeholder: "Name or handle" },
};

/** How many options are shown. */
export const foundLimit = 8;

type FrameProps = FoundPickerProps & {
  kind: keyof typeof kinds;
  /** A hook that searches on the server for the typed text while the panel is open. */
  useFound: (
    text: string,
    isOpen: boolean,
  ) => { found: readonly FoundOption[] | undefined; error: Error | null; isStale: boolean };
};

/** A button that shows the choice. It opens a panel with a search field and the results. */
export function FoundPicker({ chosen, onChange, kind, useFound }: FrameProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const { found, error, isStale } = useFound(text, isOpen);
  const first = useChooseFirst(isStale, () => found?.[0] && choose(found[0]));
  const { none, placeholder } = kinds[kind];
  function choose(next: Chosen | null) {
    onChange(next && { id: next.id, name: next.name });
    setText("");
    setOpen(false);
  }
  const button = (
    <Button
      aria-label={`${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${chosen?.name ?? "any"}`}
      className={cn(filterSize, chosen ? "max-w-56 bg-accent-soft! text-accent-ink!" : "text-ink-soft!")}
    >
      <span className="truncate">{chosen?.name ?? `Any ${kind}`}</span>
      <ChevronDown aria-hidden />
    </Button>
  );
  return (
    <Popover label={`Choose a ${kind}`} open={isOpen} onOpenChange={setOpen} className="w-72 p-2" trigger={button}>
      <Input
        type="search"
        size="sm"
        icon={<Search aria-hidden />}
        aria-label={`Search for a ${kind}`}
        placeholder={placeholder}
        autoComplete="off"
        maxLength={100}
        value={text}
        onChange={(event) => {
          first.cancel();
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (isKey(event, "enter")) first.press();
        }}
        className="mb-1.5 w-full"
      />
      {error && <p className="px-2 py-1.5 text-sm text-danger-ink">{error.message}</p>}
      {found?.length === 0 && !isStale && <p className="px-2 py-1.5 text-sm text-ink-faint">{none}</p>}
      {chosen && !text.trim() && <OptionButton name={`Any ${kind}`} onClick={() => choose(null)} />}
      {found?.map((option) => (
        <OptionButton key={option.id} {...option} onClick={() => choose(option)} />
      ))}
    </Popover>
  );
}

function OptionButton({ name, icon, detail, onClick }: Omit<FoundOption, "id"> & { onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-9 w-full items-center gap-2.5 rounded-control px-2 py-1 text-left -outline-offset-2 hover:bg-hover max-md:min-h-touch"
    >
      {icon}
      <span className="min-w-0 truncate">
        <bdi>{name}</bdi> {detail && <span className="text-xs text-ink-faint">{detail}</span>}
      </span>
    </button>
  );
}
