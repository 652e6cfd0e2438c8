"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { Time } from "@/components/messages/time";
import { fullTime } from "@/components/messages/times";
import { PersonName } from "@/components/profile/person-name";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Chosen } from "./found-picker";
import { actName, fieldName, valueText } from "./audit-words";
import { distance } from "./distance";
import { Td } from "./table";

type Names = Readonly<Record<string, string>>;
type AuditRowProps = {
  entry: AuditEntry;
  names: Names;
  onPerson: (person: Chosen) => void;
  onRoom: (room: Chosen) => void;
};

const kinds: Readonly<Record<string, string>> = {
  organization: "Organization",
  room: "A room",
  person: "Someone",
  group: "A group",
  invite: "An invite",
  message: "A message",
};

/** The subject of an entry, such as "Elif Demir in #developer". */
function subjectOf({ subject, subjectId, roomId }: AuditEntry, names: Names): string {
  const name = names[subjectId] ?? kinds[subject] ?? subject;
  const room = roomId && names[roomId];
  if (subject === "room") return `#${name}`;
  return room ? `${name} in #${room}` : name;
}

/** One entry. If it is open, its changes are shown below it. */
export function AuditRow({ entry, names, onPerson, onRoom }: AuditRowProps) {
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const { actorId, act, at, address } = entry;
  const actor = actorId === null ? "Parley" : (names[actorId] ?? "Someone");
  const what = actName(act);
  const on = subjectOf(entry, names);
  return (
    <>
      <tr className="hover:[&>td]:bg-row-hover">
        <Td className="overflow-visible! pr-0!">
          <IconButton
            label={`${open ? "Hide" : "Show"} details of “${what}” on ${on}`}
            tooltip={false}
            size="sm"
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            onClick={() => setOpen(!open)}
          >
            {open ? <ChevronDown /> : <ChevronRight />}
          </IconButton>
        </Td>
        <Td className="tabular-nums">
          <Time at={at} format={distance} />
          <span className="block truncate @min-[580px]:hidden">
            {actor}: {what}, {on}
          </span>
          <span className="block truncate text-xs text-ink-faint @max-[580px]:hidden @min-[780px]:hidden">{actor}</span>
        </Td>
        <Td className="@max-[780px]:hidden">
          <span className="flex min-w-0 items-center gap-2.5">
            {actorId && <Avatar id={actorId} name={actor} size={24} cardOf={actorId} />}
            {actorId ? (
              <PersonName personId={actorId} className="font-medium text-ink">
                {actor}
              </PersonName>
            ) : (
              <span className="truncate font-medium text-ink">{actor}</span>
            )}
          </span>
        </Td>
        <Td className="text-ink @max-[580px]:hidden">{what}</Td>
        <Td className="@max-[580px]:hidden">{on}</Td>
        <Td className="font-mono text-xs @max-[900px]:hidden">{address || "–"}</Td>
      </tr>
      {open && (
        <tr id={detailsId}>
          <td colSpan={6} className="border-b bg-surface-sunken px-4 py-3">
            <AuditDetails entry={entry} names={names} />
            <div className="mt-3 flex flex-wrap items-center gap-2 text-sm text-ink-faint">
              <Time at={at} format={fullTime} className="tabular-nums" />
              <span className="flex-1 font-mono text-xs">{address}</span>
              {actorId && (
                <Button size="sm" variant="ghost" onClick={() => onPerson({ id: actorId, name: actor })}>
                  Only {actor}
                </Button>
              )}
              {entry.subject === "person" && entry.subjectId !== actorId && (
                <Button
                  size="sm"
                  variant="ghost"
                  onClick={() => onPerson({ id: entry.subjectId, name: names[entry.subjectId] ?? "Someone" })}
                >
                  Only {names[entry.subjectId] ?? "this person"}
                </Button>
              )}
              {entry.roomId && (
                <Button
                  size="sm"
                  variant="ghost"
                  onClick={() => onRoom({ id: entry.roomId ?? "", name: `#${names[entry.roomId ?? ""] ?? "a room"}` })}
                >
                  Only this room
                </Button>
              )}
              <Button
                size="sm"
                variant="ghost"
                onClick={async () => {
                  if (await copyText(JSON.stringify(entry, null, 2))) toast.success("Entry copied.");
                  else toast.error("Couldn't copy the entry.");
                }}
              >
                Copy as JSON
              </Button>
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

/** The changed fields with their values before and after. */
export function AuditDetails({ entry: { before, after, hidden }, names }: { entry: AuditEntry; names: Names }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const cell = (values: AuditEntry["before"], field: string) =>
    values && field in values ? valueText(values[field], names) : "–";
  return (
    <>
      {fields.length > 0 && (
        <table aria-label="Before and after" className="w-full table-fixed border-collapse text-sm">
          <thead className="text-left text-xs text-ink-faint">
            <tr>
              <th scope="col" className="w-1/4 py-1.5 font-medium">
                <span className="sr-only">Field</span>
              </th>
              <th scope="col" className="py-1.5 pr-3 font-medium">
                Before
              </th>
              <th scope="col" className="py-1.5 font-medium">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field} className="border-t align-top">
                <th scope="row" className="py-2 pr-3 text-left font-normal text-ink-faint">
                  {fieldName(field)}
                </th>
                <td className="py-2 pr-3 wrap-anywhere">
                  <del className="text-danger-ink no-underline">{cell(before, field)}</del>
                </td>
                <td className="py-2 wrap-anywhere">
                  <ins className="text-success-ink no-underline">{cell(after, field)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hidden && (
        <p className="mt-2 text-sm text-ink-faint">
          A room's topic and description are shown to those who may read its messages of that time.
        </p>
      )}
    </>
  );
}
