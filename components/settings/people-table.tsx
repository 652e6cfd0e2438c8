"use client";
import { LogOut, UsersRound } from "lucide-react";
import { useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { Empty } from "@/components/ui/empty";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useCall } from "@/lib/client/hooks/use-call";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Input } from "@/lib/contract/index";
import type { AdministeredPerson } from "@/lib/contract/person-administration";
import type { Asker } from "@/lib/policy/decision";
import { LoadError } from "./load-error";
import { PersonActDialog } from "./person-act-dialog";
import type { PersonAct } from "./person-acts";
import { PersonRow } from "./person-row";
import { SelectionBar } from "./selection-bar";
import { Pager, Table, Th } from "./table";
import { useLeavePage, usePages } from "./use-pages";
import { useSelection } from "./use-selection";

const pageSize = 20;

type PeopleTableProps = {
  asker: Asker;
  organization: string;
  filters: Pick<Input<"person.administer">, "query" | "role" | "groupId" | "status" | "sort">;
  onClear: () => void;
};

/** One page of the people that match the filters. */
export function PeopleTable({ asker, organization, filters, onClear }: PeopleTableProps) {
  const call = useCall();
  const pages = usePages(JSON.stringify(filters));
  const { data, answeredInput, error, isStale, reload } = useQuery(
    { ...filters, after: pages.after, limit: pageSize },
    (request, input) => request("person.administer", input),
    { afterTyping: filters.query !== undefined && pages.page === 0 },
  );
  useLeavePage(pages, isStale ? undefined : data?.people.length, error);
  // The viewer's own row can't be selected, so that they don't sign themselves out by accident.
  const selectableIds = data?.people.flatMap(({ person }) => (person.id === asker.personId ? [] : [person.id])) ?? [];
  const selection = useSelection(selectableIds);
  const [asked, setAsked] = useState<{ act: PersonAct; row: AdministeredPerson; dialogKey: number }>();
  const [isOpen, setOpen] = useState(false);

  if (error) return <LoadError title="Couldn't load people" message={error.message} onRetry={reload} />;
  if (!data) return <ListSkeleton rows={8} label="Loading people" />;
  const { people, next, total } = data;
  if (people.length === 0)
    return <NoOne asker={asker} organization={organization} query={answeredInput?.query} onClear={onClear} />;
  const isUnfiltered = !filters.query && !filters.role && !filters.groupId && !filters.status;
  return (
    <>
      <Table
        label="People"
        busy={isStale}
        head={
          <>
            <Th className="w-11 pr-0!">
              <Checkbox
                aria-label="Select everyone on this page"
                checked={selection.areAll}
                indeterminate={selection.ids.length > 0 && !selection.areAll}
                onChange={(event) => selection.setAll(event.target.checked)}
              />
            </Th>
            <Th>Name</Th>
            <Th className="w-24 @max-[440px]:hidden">Role</Th>
            <Th className="w-44 @max-[900px]:hidden">Groups</Th>
            <Th className="w-36 @max-[580px]:hidden">Account</Th>
            <Th className="w-36 @max-[780px]:hidden">Last seen</Th>
            <Th className="w-14 max-md:w-15">
              <span className="sr-only">Actions</span>
            </Th>
          </>
        }
      >
        {people.map((row) => (
          <PersonRow
            key={row.person.id}
            row={row}
            asker={asker}
            selected={selection.has(row.person.id)}
            onSelect={(selected) => selection.set(row.person.id, selected)}
            onAct={(act) => {
              setAsked({ act, row, dialogKey: (asked?.dialogKey ?? 0) + 1 });
              setOpen(true);
            }}
          />
        ))}
      </Table>
      <Pager
        from={pages.page * pageSize}
        count={people.length}
        total={filters.query ? undefined : total}
        hasMore={next !== null}
        busy={isStale}
        onPrevious={pages.previous}
        onNext={() => next && pages.next(next)}
      />
      <SelectionBar
        ids={selection.ids}
        acts={[
          {
            label: "Sign out everywhere",
            icon: <LogOut aria-hidden />,
            successMessage: (count) => (count === 1 ? "1 person is signed out." : `${count} people are signed out.`),
            run: (personId) => call("person.endLogins", { personId }),
            question: {
              title: (count) =>
                count === 1 ? "Sign out 1 person everywhere?" : `Sign out ${count} people everywhere?`,
              description: "All their logins to this organization end right away. They can sign in again.",
            },
          },
        ]}
        onClear={() => selection.setAll(false)}
        onDone={reload}
      />
      {asked && (
        <PersonActDialog
          key={asked.dialogKey}
          act={asked.act}
          person={asked.row.person}
          endsAt={asked.row.endsAt}
          open={isOpen}
          onOpenChange={setOpen}
          onDone={reload}
        />
      )}
      {isUnfiltered && total === 1 && (
        <Empty
          icon={<UsersRound />}
          title="Only you are here so far"
          actions={<InvitePeople asker={asker} organization={organization} variant="secondary" />}
        >
          Invite the people you work with.
        </Empty>
      )}
    </>
  );
}

function NoOne({
  asker,
  organization,
  query,
  onClear,
}: Pick<PeopleTableProps, "asker" | "organization" | "onClear"> & { query: string | undefined }) {
  return (
    <Empty
      icon={<UsersRound />}
      title="No one found"
      actions={
        <>
          <InvitePeople asker={asker} organization={organization} variant="secondary" />
          <Button onClick={onClear}>Show everyone</Button>
        </>
      }
    >
      {query ? `No one has “${query}” in their name or handle.` : "No one matches these filters."}
    </Empty>
  );
}
