"use client";
import { ArrowUp, Search, UsersRound } from "lucide-react";
import { useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Input } from "@/components/ui/input";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Person } from "@/lib/contract/person";
import type { Asker } from "@/lib/policy/decision";
import { LoadError } from "./load-error";
import { SettingsPage } from "./page";
import { PasswordLinkDialog } from "./password-link-dialog";
import { PersonRow } from "./person-row";
import { Pager, Table, Th } from "./table";
import { usePages } from "./use-pages";

const pageSize = 20;

/** Everybody in the organization, for owners and admins. */
export function PeoplePage({ asker, organization }: { asker: Asker; organization: string }) {
  const [text, setText] = useState("");
  const [linkDialog, setLinkDialog] = useState<{ person: Person; dialogKey: number }>();
  const [isLinkDialogOpen, setLinkDialogOpen] = useState(false);

  return (
    <SettingsPage
      title="People"
      organizationName={organization}
      description={`Everyone in ${organization}. If someone is locked out, create a password link for them.`}
      actions={<InvitePeople asker={asker} organization={organization} align="end" />}
    >
      <Input
        type="search"
        size="sm"
        icon={<Search aria-hidden />}
        aria-label="Search people"
        placeholder="Name or handle"
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="mb-3 md:w-[260px]"
      />
      <PeopleTable
        asker={asker}
        organization={organization}
        query={text.trim()}
        onClear={() => setText("")}
        onCreateLink={(person) => {
          setLinkDialog({ person, dialogKey: (linkDialog?.dialogKey ?? 0) + 1 });
          setLinkDialogOpen(true);
        }}
      />
      {linkDialog && (
        <PasswordLinkDialog
          key={linkDialog.dialogKey}
          person={linkDialog.person}
          open={isLinkDialogOpen}
          onOpenChange={setLinkDialogOpen}
        />
      )}
    </SettingsPage>
  );
}

type PeopleTableProps = {
  asker: Asker;
  organization: string;
  query: string;
  onClear: () => void;
  onCreateLink: (person: Person) => void;
};

function PeopleTable({ asker, organization, query, onClear, onCreateLink }: PeopleTableProps) {
  const pages = usePages(query);
  const { data, answeredInput, error, isStale, reload } = useQuery(
    { query: query || undefined, after: pages.after, limit: pageSize },
    (call, input) => call("person.list", input),
    { afterTyping: query !== "" && pages.page === 0 },
  );

  if (error) return <LoadError title="Couldn't load people" message={error.message} onRetry={reload} />;
  if (!data) return <ListSkeleton rows={8} label="Loading people" />;
  const { people, next } = data;
  const isAlone =
    !answeredInput?.query &&
    next === null &&
    pages.page === 0 &&
    people.filter((each) => !each.deactivatedAt).length === 1;
  if (people.length === 0) {
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
        No one has “{answeredInput?.query}” in their name or handle.
      </Empty>
    );
  }
  return (
    <>
      <Table
        label="People"
        busy={isStale}
        head={
          <>
            <Th aria-sort="ascending">
              Name <ArrowUp aria-hidden className="ml-1 inline size-3 align-[-2px]" />
            </Th>
            <Th className="w-28 max-md:hidden">Role</Th>
            <Th className="w-36 max-md:hidden">Account</Th>
            <Th className="w-44 max-lg:hidden">Last seen</Th>
            <Th className="w-14 max-md:w-15">
              <span className="sr-only">Actions</span>
            </Th>
          </>
        }
      >
        {people.map((person) => (
          <PersonRow key={person.id} person={person} asker={asker} onCreateLink={() => onCreateLink(person)} />
        ))}
      </Table>
      <Pager
        from={pages.page * pageSize}
        count={people.length}
        hasMore={next !== null}
        busy={isStale}
        onPrevious={pages.previous}
        onNext={() => next && pages.next(next)}
      />
      {isAlone && (
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
