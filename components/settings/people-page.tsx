"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useQuery } from "@/lib/client/hooks/use-query";
import { OrganizationRole } from "@/lib/contract/person";
import { PersonSort, PersonStatus } from "@/lib/contract/person-administration";
import type { Asker } from "@/lib/policy/decision";
import { SettingsPage } from "./page";
import { PeopleTable } from "./people-table";
import { roleNames } from "./role-names";

const any = "";
const roleOptions = [
  { value: any, label: "Any role" },
  ...OrganizationRole.options.map((value) => ({ value, label: roleNames[value] })),
];
const statusOptions = [
  { value: any, label: "Any status" },
  { value: "active", label: "Can sign in" },
  { value: "deactivated", label: "Deactivated" },
];
const sortOptions: { value: PersonSort; label: string }[] = [
  { value: "name", label: "By name" },
  { value: "lastSeen", label: "Last seen first" },
  { value: "newest", label: "Newest first" },
];

const noFilters = { role: any, groupId: any, status: any, sort: "name" };

/** Everybody in the organization, for owners and admins. */
export function PeoplePage({ asker, organization }: { asker: Asker; organization: string }) {
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
      title="People"
      organizationName={organization}
      description={`Everyone in ${organization}.`}
      actions={<InvitePeople asker={asker} organization={organization} align="end" />}
    >
      <div className="mb-3 flex flex-wrap gap-2">
        <Input
          type="search"
          size="sm"
          icon={<Search aria-hidden />}
          aria-label="Search people"
          placeholder="Name or handle"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="max-md:w-full md:w-[260px]"
        />
        {choose("Role", "role", roleOptions)}
        {groups.length > 0 && choose("Group", "groupId", groupOptions)}
        {choose("Status", "status", statusOptions)}
        {choose("Sort", "sort", sortOptions)}
      </div>
      <PeopleTable
        asker={asker}
        organization={organization}
        filters={{
          query: text.trim() || undefined,
          role: OrganizationRole.safeParse(filters.role).data,
          groupId: filters.groupId || undefined,
          status: PersonStatus.safeParse(filters.status).data,
          sort: PersonSort.parse(filters.sort),
        }}
        onClear={() => {
          setText("");
          setFilters({ ...noFilters, sort: filters.sort });
        }}
      />
    </SettingsPage>
  );
}
