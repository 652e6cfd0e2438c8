"use client";
import { InvitePeople } from "@/components/invites/invite-people";
import type { OrganizationRole } from "@/lib/contract/person";
import type { PersonSort, PersonStatus } from "@/lib/contract/person-administration";
import type { Asker } from "@/lib/policy/decision";
import { SettingsPage } from "./page";
import { PeopleTable } from "./people-table";
import { roleNames } from "./role-names";
import { anyValue, chosenOf, useTableFilters } from "./table-filters";

// Built from types of the contract, not from its schemas, because the schemas would add a lot of code to this page.
const roleOptions: { value: OrganizationRole | ""; label: string }[] = [
  { value: anyValue, label: "Any role" },
  ...(Object.keys(roleNames) as OrganizationRole[]).map((value) => ({ value, label: roleNames[value] })),
];
const statusOptions: { value: PersonStatus | ""; label: string }[] = [
  { value: anyValue, label: "Any status" },
  { value: "active", label: "Can sign in" },
  { value: "deactivated", label: "Deactivated" },
];
const sortOptions: { value: PersonSort; label: string }[] = [
  { value: "name", label: "By name" },
  { value: "lastSeen", label: "Last seen first" },
  { value: "newest", label: "Newest first" },
];

/** Everybody in the organization, for owners and admins. */
export function PeoplePage({ asker, organization }: { asker: Asker; organization: string }) {
  const { query, groupId, valueOf, bar, clear } = useTableFilters(
    { label: "Search people", placeholder: "Name or handle" },
    [
      { name: "role", label: "Role", options: roleOptions },
      { name: "status", label: "Status", options: statusOptions },
      { name: "sort", label: "Sort", options: sortOptions },
    ],
  );
  return (
    <SettingsPage
      title="People"
      organizationName={organization}
      description={`Everyone in ${organization}.`}
      actions={<InvitePeople asker={asker} organization={organization} align="end" />}
    >
      {bar}
      <PeopleTable
        asker={asker}
        organization={organization}
        filters={{
          query,
          role: chosenOf(roleOptions, valueOf("role")),
          groupId,
          status: chosenOf(statusOptions, valueOf("status")),
          sort: chosenOf(sortOptions, valueOf("sort")) ?? "name",
        }}
        onClear={clear}
      />
    </SettingsPage>
  );
}
