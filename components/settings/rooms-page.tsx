"use client";
import { accessWords } from "@/components/rooms/room-name";
import type { RoomSort, RoomState } from "@/lib/contract/room-administration";
import type { RoomAccess } from "@/lib/contract/room-role";
import type { Asker } from "@/lib/policy/decision";
import { SettingsPage } from "./page";
import { RoomsTable } from "./rooms-table";
import { anyValue, chosenOf, useTableFilters } from "./table-filters";

// Built from types of the contract, not from its schemas, because the schemas would add a lot of code to this page.
const accessOptions: { value: RoomAccess | ""; label: string }[] = [
  { value: anyValue, label: "Any access" },
  ...(Object.keys(accessWords) as RoomAccess[]).map((value) => ({ value, label: accessWords[value].name })),
];
const stateOptions: { value: RoomState | ""; label: string }[] = [
  { value: anyValue, label: "Open and archived" },
  { value: "open", label: "Open" },
  { value: "archived", label: "Archived" },
];
const sortOptions: { value: RoomSort; label: string }[] = [
  { value: "name", label: "By name" },
  { value: "activity", label: "Last activity first" },
  { value: "people", label: "Most people first" },
  { value: "messages", label: "Most messages first" },
];

/** All rooms of the organization, for owners and admins. */
export function RoomsPage({ asker, organization }: { asker: Asker; organization: string }) {
  const { query, groupId, valueOf, bar, clear } = useTableFilters({ label: "Search rooms", placeholder: "Name" }, [
    { name: "access", label: "Access", options: accessOptions },
    { name: "state", label: "State", options: stateOptions },
    { name: "sort", label: "Sort", options: sortOptions },
  ]);
  return (
    <SettingsPage
      title="Rooms"
      organizationName={organization}
      description="Every room except direct messages. The message counts, and the order by messages or people, are updated every few minutes."
    >
      {bar}
      <RoomsTable
        asker={asker}
        filters={{
          query,
          access: chosenOf(accessOptions, valueOf("access")),
          state: chosenOf(stateOptions, valueOf("state")),
          groupId,
          sort: chosenOf(sortOptions, valueOf("sort")) ?? "name",
        }}
        onClear={clear}
      />
    </SettingsPage>
  );
}
