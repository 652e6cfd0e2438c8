"use client";
import { ChevronLeft, UsersRound } from "lucide-react";
import { InvitePeople } from "@/components/invites/invite-people";
import { peopleCount } from "@/components/rooms/room-name";
import { roleNames } from "@/components/settings/role-names";
import { anyValue, chosenOf, useTableFilters } from "@/components/settings/table-filters";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { offeredTo } from "@/components/shell/organization-offers";
import { openPlace, usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useMe } from "@/lib/client/hooks/use-me";
import { useActiveCount } from "@/lib/client/hooks/use-presence";
import type { OrganizationRole } from "@/lib/contract/person";
import { DirectoryCard } from "./directory-card";
import { useAsker } from "./use-asker";
import { useDirectory } from "./use-directory";

const roleOptions: { value: OrganizationRole | ""; label: string }[] = [
  { value: anyValue, label: "Any role" },
  ...(Object.keys(roleNames) as OrganizationRole[]).map((value) => ({ value, label: roleNames[value] })),
];
const presenceOptions: { value: "active" | ""; label: string }[] = [
  { value: anyValue, label: "Active or not" },
  { value: "active", label: "Active now" },
];

/** Lists and searches the people of the organization. */
export default function DirectoryScreen() {
  const asker = useAsker();
  const { organization } = useMe();
  const paths = usePaths();
  const { query, groupId, valueOf, bar, clear } = useTableFilters(
    { label: "Find people", placeholder: "Name or handle" },
    [
      { name: "presence", label: "Presence", options: presenceOptions },
      { name: "role", label: "Role", options: roleOptions },
    ],
  );
  const role = chosenOf(roleOptions, valueOf("role"));
  const presence = chosenOf(presenceOptions, valueOf("presence"));
  const list = useDirectory({ query, role, groupId, presence });
  const isFiltered = role !== undefined || presence !== undefined || groupId !== undefined;
  const isSearching = list.status === "loading" || (list.rows.length === 0 && list.isStale && !list.error);
  const isEmpty = list.status === "ready" && !isSearching && list.rows.length === 0 && !list.hasMore;

  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <UsersRound aria-hidden className="size-[18px] max-md:hidden" />
        <h1 className="flex-1 text-md tracking-name md:ms-1">People</h1>
      </Bar>
      <ConnectionBanner />
      <div className="min-h-0 flex-1 overflow-y-auto px-10 pt-[calc(var(--spacing-bar)+24px)] pb-10 max-md:px-4 max-md:pt-[calc(var(--spacing-bar)+12px)]">
        <div className="@container mx-auto flex min-h-full max-w-260 flex-col">
          <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
            <Summary total={isFiltered || query ? undefined : list.total} organization={organization.name} />
            {offeredTo(asker).has("inviteMember") && (
              <InvitePeople asker={asker} organization={organization.name} variant="secondary" align="end" />
            )}
          </div>
          {bar}
          <p role="status" className="mb-2 min-h-5 text-sm text-ink-faint tabular-nums">
            {isFiltered && !query && !list.isStale && list.total !== undefined && peopleCount(list.total)}
          </p>
          {isSearching && <ListSkeleton rows={7} label="Loading people" />}
          {list.status === "error" && (
            <Empty
              icon={<UsersRound />}
              title="Couldn't load people"
              actions={<Button onClick={list.reload}>Try again</Button>}
            >
              {list.error?.message}
            </Empty>
          )}
          {isEmpty && (
            <Empty icon={<UsersRound />} title="No one found" actions={<Button onClick={clear}>Show everyone</Button>}>
              {query ? `No one has “${query}” in their name or handle.` : "No one matches these filters."}
            </Empty>
          )}
          {list.rows.length > 0 && (
            <ul aria-label="People" aria-busy={list.isStale} className="grid gap-3 @min-[720px]:grid-cols-2">
              {list.rows.map((person) => (
                <DirectoryCard key={person.id} id={person.id} listed={person} />
              ))}
            </ul>
          )}
          <LoadMore list={list} className="mt-3" />
        </div>
      </div>
    </Pane>
  );
}

/** How many people there are, and how many of them are active. `total` is undefined while the list does not show everyone. */
function Summary({ total, organization }: { total: number | undefined; organization: string }) {
  const active = useActiveCount();
  const isGuest = useAsker().role === "guest";
  const parts = [
    isGuest
      ? "People you share a room with."
      : total === undefined
        ? `Everyone at ${organization}.`
        : `${peopleCount(total)} at ${organization}.`,
    active !== undefined && `${active.toLocaleString()} ${active === 1 ? "is" : "are"} active now.`,
  ];
  return <p className="min-w-0 text-ui text-ink-soft wrap-anywhere">{parts.filter(Boolean).join(" ")}</p>;
}
