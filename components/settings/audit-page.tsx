"use client";
import { Braces, Download, FileSpreadsheet, ScrollText } from "lucide-react";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Select } from "@/components/ui/select";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";
import { Id } from "@/lib/contract/operation";
import type { Organization } from "@/lib/contract/organization-settings";
import { PersonPicker, RoomPicker } from "./audit-pickers";
import { AuditRow } from "./audit-row";
import { actOptions } from "./audit-words";
import { useAddressState } from "./address-state";
import { LoadError } from "./load-error";
import { SettingsPage } from "./page";
import { Pager, Table, Th } from "./table";
import { useLeavePage, usePages } from "./use-pages";

const pageSize = 50;

const Only = z.object({ id: Id, name: z.string() }).nullable();
/** A day as a date input has it, such as "2026-01-31", or "". The limit excludes years of five digits. */
const DayText = z.union([z.literal(""), z.iso.date().refine((day) => day < "9999")]);
const Filters = z.object({ person: Only, room: Only, act: z.string().max(100), since: DayText, until: DayText });
type Filters = z.infer<typeof Filters>;
const noFilters: Filters = { person: null, room: null, act: "", since: "", until: "" };

/** The start of the day that is `daysLater` days after `day`, in this browser's time zone. */
const startOfDay = (day: string, daysLater = 0) => {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
};

/** The audit log: changes by owners and admins, with filters and a download. */
export function AuditPage({ organization }: { organization: Organization }) {
  const [filters, setFilters] = useAddressState("filters", (value) => Filters.safeParse(value).data, noFilters);
  const set = (changes: Partial<Filters>) => setFilters({ ...filters, ...changes });
  const { person, room, act, since, until } = filters;
  const input = {
    ...(person && { personId: person.id }),
    ...(room && { roomId: room.id }),
    ...(act && { act }),
    ...(since && { since: startOfDay(since) }),
    ...(until && { until: startOfDay(until, 1) }),
  };
  const isFiltered = Object.keys(input).length > 0;
  const pages = usePages(JSON.stringify(input));
  const { data, error, isStale, reload } = useQuery({ ...input, after: pages.after, limit: pageSize }, (call, given) =>
    call("audit.list", given),
  );
  useLeavePage(pages, isStale ? undefined : data?.entries.length, error);
  const fileAddress = (format: "csv" | "json") =>
    `/api/audit/export?${new URLSearchParams({ ...input, format, organization: organization.handle }).toString()}`;

  return (
    <SettingsPage
      title="Audit log"
      organizationName={organization.name}
      description="What owners, admins and moderators have changed. Nobody can edit or delete an entry."
      actions={
        <Menu align="end" trigger={<Button icon={<Download aria-hidden />}>Export</Button>}>
          <MenuItem asChild>
            <a href={fileAddress("csv")} download>
              <FileSpreadsheet aria-hidden className="size-4" />
              <span className="flex-1">CSV</span>
              <span className="text-xs text-ink-faint">for a spreadsheet</span>
            </a>
          </MenuItem>
          <MenuItem asChild>
            <a href={fileAddress("json")} download>
              <Braces aria-hidden className="size-4" />
              <span className="flex-1">JSON</span>
              <span className="text-xs text-ink-faint">one entry per line</span>
            </a>
          </MenuItem>
        </Menu>
      }
    >
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <PersonPicker chosen={person} onChange={(only) => set({ person: only })} />
        <RoomPicker chosen={room} onChange={(only) => set({ room: only })} />
        <Select
          size="sm"
          aria-label="Action"
          className="max-md:w-full"
          options={[{ value: "", label: "Any action" }, ...actOptions]}
          value={act}
          onChange={(event) => set({ act: event.target.value })}
        />
        <Day label="From" value={since} max={until || undefined} onChange={(day) => set({ since: day })} />
        <Day label="To" value={until} min={since || undefined} onChange={(day) => set({ until: day })} />
        {isFiltered && (
          <Button variant="ghost" size="sm" onClick={() => setFilters(noFilters)}>
            Clear filters
          </Button>
        )}
      </div>
      {error && <LoadError title="Couldn't load the audit log" message={error.message} onRetry={reload} />}
      {!data && !error && <ListSkeleton rows={8} label="Loading the audit log" />}
      {data?.entries.length === 0 && (
        <Empty icon={<ScrollText />} title={isFiltered ? "No entries match" : "Nothing yet"}>
          {isFiltered ? "Change or clear the filters." : "Changes to rooms, people and settings will be listed here."}
        </Empty>
      )}
      {data && data.entries.length > 0 && (
        <>
          <Table
            label="Audit log"
            busy={isStale}
            columns={
              <>
                <col span={2} />
                <col span={2} className="@max-[580px]:w-0" />
                <col className="@max-[780px]:w-0" />
                <col className="@max-[900px]:w-0" />
              </>
            }
            head={
              <>
                <Th className="w-11 pr-0!">
                  <span className="sr-only">Details</span>
                </Th>
                <Th className="w-40 @max-[580px]:w-auto">When</Th>
                <Th className="w-44 @max-[780px]:hidden">Who</Th>
                <Th className="@max-[580px]:hidden">What</Th>
                <Th className="@max-[580px]:hidden">On</Th>
                <Th className="w-36 @max-[900px]:hidden">Address</Th>
              </>
            }
          >
            {data.entries.map((entry) => (
              <AuditRow
                key={entry.id}
                entry={entry}
                names={data.names}
                onPerson={(only) => set({ person: only })}
                onRoom={(only) => set({ room: only })}
              />
            ))}
          </Table>
          <Pager
            from={pages.page * pageSize}
            count={data.entries.length}
            hasMore={data.next !== null}
            busy={isStale}
            onPrevious={pages.previous}
            onNext={() => data.next && pages.next(data.next)}
          />
        </>
      )}
    </SettingsPage>
  );
}

type DayProps = {
  label: string;
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  onChange: (day: string) => void;
};

function Day({ label, onChange, ...input }: DayProps) {
  return (
    <label className="flex items-center gap-2 text-sm text-ink-faint max-md:w-full">
      <span className="max-md:w-10">{label}</span>
      <Input
        type="date"
        size="sm"
        onChange={(event) => onChange(DayText.catch("").parse(event.target.value))}
        className="max-md:min-w-0 max-md:flex-1"
        {...input}
      />
    </label>
  );
}
