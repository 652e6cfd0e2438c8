"use client";
import { ChevronDown, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { PersonPicture } from "@/components/people/person-avatar";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { isKey } from "@/components/ui/keys";
import { Popover } from "@/components/ui/popover";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Call } from "@/lib/client/http";

/** A person or a room that the audit log is limited to. */
export interface AuditFilter {
  id: string;
  name: string;
}
interface Option extends AuditFilter {
  icon?: ReactNode;
  detail?: string;
}
type PickerProps = { chosen: AuditFilter | null; onChange: (chosen: AuditFilter | null) => void };

/** Chooses a person of the organization, deactivated ones too. */
export function PersonPicker(props: PickerProps) {
  return (
    <Picker
      {...props}
      kind="person"
      placeholder="Name or handle"
      find={async (call, input) =>
        (await call("person.administer", input)).people.map(({ person }) => ({
          id: person.id,
          name: person.name,
          detail: `@${person.handle}`,
          icon: <PersonPicture person={person} size={24} />,
        }))
      }
    />
  );
}

/** Chooses a room of the organization, archived ones too. */
export function RoomPicker(props: PickerProps) {
  return (
    <Picker
      {...props}
      kind="room"
      placeholder="Name"
      find={async (call, input) =>
        (await call("room.administer", input)).rooms.map(({ room }) => ({ id: room.id, name: `#${room.name ?? ""}` }))
      }
    />
  );
}

type PickerFrameProps = PickerProps & {
  kind: "person" | "room";
  placeholder: string;
  find: (call: Call, input: { query: string | undefined; limit: number }) => Promise<Option[]>;
};

/** A button that shows what is chosen, and a panel with a search field and what it finds. */
function Picker({ chosen, onChange, kind, placeholder, find }: PickerFrameProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const query = text.trim() || undefined;
  const { data: found, error } = useQuery(isOpen ? { query, limit: 8 } : null, find, {
    afterTyping: query !== undefined,
  });
  function choose(next: AuditFilter | null) {
    onChange(next && { id: next.id, name: next.name });
    setText("");
    setOpen(false);
  }
  const button = (
    <Button
      size="sm"
      aria-label={`${kind === "person" ? "Person" : "Room"}: ${chosen?.name ?? "any"}`}
      className={chosen ? "max-w-56 bg-accent-soft text-accent-ink" : undefined}
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
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (isKey(event, "enter") && found?.[0]) choose(found[0]);
        }}
        className="mb-1.5 w-full"
      />
      {error && <p className="px-2 py-1.5 text-sm text-danger-ink">{error.message}</p>}
      {found?.length === 0 && (
        <p className="px-2 py-1.5 text-sm text-ink-faint">
          {kind === "person" ? "No people found." : "No rooms found."}
        </p>
      )}
      {chosen && !query && <OptionButton name={`Any ${kind}`} onClick={() => choose(null)} />}
      {found?.map((option) => (
        <OptionButton key={option.id} {...option} onClick={() => choose(option)} />
      ))}
    </Popover>
  );
}

function OptionButton({ name, icon, detail, onClick }: Omit<Option, "id"> & { onClick: () => void }) {
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
