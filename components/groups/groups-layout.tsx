"use client";
import { Plus, Search, Shapes } from "lucide-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { LoadError } from "@/components/settings/load-error";
import { SettingsPage } from "@/components/settings/page";
import { usePaths } from "@/components/shell/place";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Empty } from "@/components/ui/empty";
import { Input } from "@/components/ui/input";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useList } from "@/lib/client/hooks/use-query";
import type { Group } from "@/lib/contract/group";
import { NameDialog } from "./name-dialog";

/** A function that reloads the list of groups. Call it after changing a group. */
const ReloadGroupsContext = createContext<() => void>(() => {});
export const useReloadGroups = () => useContext(ReloadGroupsContext);

/** The list of groups, with the open group beside it. Phones show only one of the two. */
export function GroupsLayout({ organization, children }: { organization: string; children: ReactNode }) {
  const { groupId } = useParams<{ groupId?: string }>();
  const [text, setText] = useState("");
  const [dialog, setDialog] = useState({ key: 0, isOpen: false });
  const [version, setVersion] = useState(0);
  const reload = useMemo(() => () => setVersion((current) => current + 1), []);
  const query = text.trim();
  const list = useList(
    { query: query || undefined },
    async (call, input, after) => {
      const { groups, next } = await call("group.list", { ...input, after });
      return { rows: groups, next };
    },
    { afterTyping: query !== "", version },
  );
  return (
    <SettingsPage
      title="Groups"
      organizationName={organization}
      description="Restricted rooms are open to groups of people."
      actions={
        <Button
          variant="primary"
          icon={<Plus aria-hidden />}
          onClick={() => setDialog(({ key }) => ({ key: key + 1, isOpen: true }))}
        >
          New group
        </Button>
      }
    >
      <div className="grid gap-x-8 gap-y-4 @min-[640px]/page:grid-cols-[260px_minmax(0,1fr)]">
        <nav aria-label="Groups" className={cn("min-w-0", groupId && "@max-[640px]/page:hidden")}>
          <Input
            type="search"
            size="sm"
            icon={<Search aria-hidden />}
            aria-label="Find a group"
            placeholder="Find a group"
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="mb-2"
          />
          {list.status === "loading" && <ListSkeleton rows={5} label="Loading groups" />}
          {list.error && list.rows.length === 0 && (
            <LoadError title="Couldn't load groups" message={list.error.message} onRetry={list.reload} />
          )}
          {list.status === "ready" && list.rows.length === 0 && (
            <Empty icon={<Shapes />} title={list.answeredInput?.query ? "No groups found" : "No groups yet"}>
              {list.answeredInput?.query
                ? "No group has this in its name or handle."
                : "Create one, and open restricted rooms to it."}
            </Empty>
          )}
          <ul>
            {list.rows.map((group) => (
              <GroupLink key={group.id} group={group} isCurrent={group.id === groupId} />
            ))}
          </ul>
          <LoadMore list={list} className="mt-2" />
        </nav>
        <div className={cn("min-w-0", !groupId && "@max-[640px]/page:hidden")}>
          <ReloadGroupsContext value={reload}>{children}</ReloadGroupsContext>
        </div>
      </div>
      {dialog.key > 0 && (
        <NameDialog
          key={dialog.key}
          onDone={reload}
          open={dialog.isOpen}
          onOpenChange={(isOpen) => setDialog((current) => ({ ...current, isOpen }))}
        />
      )}
    </SettingsPage>
  );
}

function GroupLink({ group, isCurrent }: { group: Group; isCurrent: boolean }) {
  const { id, name, handle, memberCount, roomCount } = group;
  return (
    <li>
      <Link
        href={usePaths().group(id)}
        aria-current={isCurrent ? "page" : undefined}
        className={cn(
          "flex min-h-13 items-center gap-3 rounded-control px-2 py-1.5 -outline-offset-2",
          isCurrent ? "selected" : "hover:bg-hover",
        )}
      >
        <Avatar id={id} name={name} size={36} thing />
        <span className="min-w-0 flex-1 leading-snug">
          <bdi className="block truncate text-ui font-strong">{name}</bdi>
          <span className="block truncate text-xs text-ink-faint">
            @{handle}, {roomsWords(roomCount ?? 0)}
          </span>
        </span>
        <span className="text-sm text-ink-faint tabular-nums">
          {memberCount.toLocaleString()} <span className="sr-only">{memberCount === 1 ? "person" : "people"}</span>
        </span>
      </Link>
    </li>
  );
}

const roomsWords = (count: number) =>
  count === 0 ? "no rooms" : count === 1 ? "1 room" : `${count.toLocaleString()} rooms`;

/** Shown beside the list of groups while none of them is open. */
export function NoGroupChosen() {
  return (
    <Empty icon={<Shapes />} title="Choose a group">
      You see the rooms that are open to it, and the people in it.
    </Empty>
  );
}
