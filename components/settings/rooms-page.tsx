"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { accessWords } from "@/components/rooms/room-name";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useQuery } from "@/lib/client/hooks/use-query";
import { RoomAccess } from "@/lib/contract/room-role";
import { RoomSort, RoomState } from "@/lib/contract/room-administration";
import type { Asker } from "@/lib/policy/decision";
import { SettingsPage } from "./page";
import { RoomsTable } from "./rooms-table";

const any = "";
const accessOptions = [
  { value: any, label: "Any access" },
  ...RoomAccess.options.map((value) => ({ value, label: accessWords[value].name })),
];
const stateOptions = [
  { value: any, label: "Open and archived" },
  { value: "open", label: "Open" },
  { value: "archived", label: "Archived" },
];
const sortOptions: { value: RoomSort; label: string }[] = [
  { value: "name", label: "By name" },
  { value: "activity", label: "Last activity first" },
  { value: "people", label: "Most people first" },
  { value: "messages", label: "Most messages first" },
];
const noFilters = { access: any, state: any, groupId: any, sort: "name" };

/** All rooms of the organization, for owners and admins. */
export function RoomsPage({ asker, organization }: { asker: Asker; organization: string }) {
  const [text, setText] = useState("");
  const [filters, setFilters] = useState(noFilters);
  const groups = useQuery({ limit: 100 }, (call, input) => call("group.list", input)).data?.groups ?? [];
  const groupOptions = [
    { value: any, label: "Any group" },
    ...groups.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const choose = (label: string, name: keyof typeof filters, options: { value: string; label: string }[]) => (
    <Select
      size="sm"
      aria-label={label}
      options={options}
      value={filters[name]}
      onChange={(event) => setFilters({ ...filters, [name]: event.target.value })}
    />
  );
  return (
    <SettingsPage
      title="Rooms"
      organizationName={organization}
      description="All rooms but direct messages. Messages, and the order by them or by people, are counted every few minutes."
    >
      <div className="mb-3 flex flex-wrap gap-2">
        <Input
          type="search"
          size="sm"
          icon={<Search aria-hidden />}
          aria-label="Search rooms"
          placeholder="Name"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="max-md:w-full md:w-[260px]"
        />
        {choose("Access", "access", accessOptions)}
        {choose("State", "state", stateOptions)}
        {groups.length > 0 && choose("Group", "groupId", groupOptions)}
        {choose("Sort", "sort", sortOptions)}
      </div>
      <RoomsTable
        asker={asker}
        filters={{
          query: text.trim() || undefined,
          access: RoomAccess.safeParse(filters.access).data,
          state: RoomState.safeParse(filters.state).data,
          groupId: filters.groupId || undefined,
          sort: RoomSort.parse(filters.sort),
        }}
        onClear={() => {
          setText("");
          setFilters({ ...noFilters, sort: filters.sort });
        }}
      />
    </SettingsPage>
  );
}
