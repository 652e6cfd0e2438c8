"use client";
import { Search, UserPlus, X } from "lucide-react";
import { useState } from "react";
import { PersonPicture } from "@/components/people/person-avatar";
import { PersonName } from "@/components/profile/person-name";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { LoadError } from "@/components/settings/load-error";
import { useList } from "@/lib/client/hooks/use-query";
import type { Group } from "@/lib/contract/group";
import type { Person } from "@/lib/contract/person";
import { AddToGroupDialog } from "./add-to-group-dialog";
import { RemoveFromGroupDialog } from "./loss-dialogs";

/** The people of a group, with buttons to add and remove them. */
export function GroupPeople({ group, onChange }: { group: Group; onChange: () => void }) {
  const [text, setText] = useState("");
  const [dialog, setDialog] = useState({ key: 0, isOpen: false, person: null as Person | null });
  const query = text.trim();
  const list = useList(
    { groupId: group.id, query: query || undefined },
    async (call, input, after) => {
      const { people, next } = await call("group.members", { ...input, after });
      return { rows: people, next };
    },
    { afterTyping: query !== "", version: group.memberCount },
  );
  const open = (person: Person | null) => setDialog(({ key }) => ({ key: key + 1, isOpen: true, person }));
  const dialogProps = {
    group,
    onDone: onChange,
    open: dialog.isOpen,
    onOpenChange: (isOpen: boolean) => setDialog((current) => ({ ...current, isOpen })),
  };
  return (
    <section aria-labelledby="group-people" className="mt-6">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 id="group-people" className="flex-1 text-md max-md:basis-full">
          People <span className="ml-1 font-normal text-ink-faint">{group.memberCount.toLocaleString()}</span>
        </h3>
        <Input
          type="search"
          size="sm"
          icon={<Search aria-hidden />}
          aria-label="Find in group"
          placeholder="Find in group"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="max-md:flex-1 md:w-44"
        />
        <Button icon={<UserPlus aria-hidden />} onClick={() => open(null)}>
          Add people
        </Button>
      </div>
      {list.status === "loading" && <ListSkeleton rows={4} label="Loading people" />}
      {list.error && list.rows.length === 0 && (
        <LoadError title="Couldn't load people" message={list.error.message} onRetry={list.reload} />
      )}
      {list.status === "ready" && list.rows.length === 0 && (
        <p className="text-ui text-ink-faint">
          {list.answeredInput?.query
            ? "No one in this group has this in their name or handle."
            : "No one is in it yet."}
        </p>
      )}
      {list.rows.length > 0 && (
        <ul ref={keepFocusInRows} aria-label="People in the group" className="divide-y divide-line rounded-card border">
          {list.rows.map((person) => (
            <li key={person.id} className="flex min-h-13 items-center gap-3 px-4 py-1.5">
              <PersonPicture person={person} size={32} cardOf={person.id} />
              <div className="min-w-0 flex-1 leading-snug">
                <PersonName personId={person.id} className="block text-ui">
                  {person.name}
                </PersonName>
                <span className="block truncate text-xs text-ink-faint">
                  @{person.handle}
                  {person.deactivatedAt && ", deactivated"}
                </span>
              </div>
              <IconButton label={`Remove ${person.name}`} onClick={() => open(person)}>
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <LoadMore list={list} className="mt-2" />
      {dialog.person ? (
        <RemoveFromGroupDialog key={dialog.key} person={dialog.person} {...dialogProps} />
      ) : (
        <AddToGroupDialog key={dialog.key} {...dialogProps} />
      )}
    </section>
  );
}
