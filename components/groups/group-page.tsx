"use client";
import { ChevronLeft, Pencil, Shapes, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { peopleCount } from "@/components/rooms/room-name";
import { LoadError } from "@/components/settings/load-error";
import { usePaths } from "@/components/shell/place";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Group } from "@/lib/contract/group";
import type { Asker } from "@/lib/policy/decision";
import { GroupPeople } from "./group-people";
import { GroupRooms } from "./group-rooms";
import { useReloadGroups } from "./groups-layout";
import { DeleteGroupDialog } from "./loss-dialogs";
import { NameDialog } from "./name-dialog";

/** A group: the rooms that are open to it, and its people. */
export function GroupPage({ groupId, asker }: { groupId: string; asker: Asker }) {
  const { data, error, reload } = useQuery({ groupId }, (call, input) => call("group.show", input));
  const reloadGroups = useReloadGroups();
  const paths = usePaths();
  function onChange() {
    reload();
    reloadGroups();
  }
  return (
    <>
      <Link
        href={paths.setting("groups")}
        className="-ml-2 mb-2 inline-flex h-touch items-center gap-1 rounded-control pr-3 pl-1 text-ui hover:bg-hover @min-[640px]/page:hidden"
      >
        <ChevronLeft aria-hidden className="size-5" />
        All groups
      </Link>
      {error?.code === "not_found" || error?.code === "invalid_input" ? (
        <Empty icon={<Shapes />} title="There's no such group">
          It may have been deleted.
        </Empty>
      ) : error ? (
        <LoadError title="Couldn't load this group" message={error.message} onRetry={reload} />
      ) : data ? (
        <>
          <GroupHead group={data.group} onChange={onChange} />
          <GroupRooms group={data.group} rooms={data.rooms} asker={asker} onChange={onChange} />
          <GroupPeople group={data.group} onChange={onChange} />
        </>
      ) : (
        <ListSkeleton rows={6} label="Loading the group" />
      )}
    </>
  );
}

function GroupHead({ group, onChange }: { group: Group; onChange: () => void }) {
  const [dialog, setDialog] = useState({ key: 0, open: null as "rename" | "delete" | null });
  const router = useRouter();
  const paths = usePaths();
  const reloadGroups = useReloadGroups();
  const show = (open: "rename" | "delete") => setDialog(({ key }) => ({ key: key + 1, open }));
  const stateOf = (which: "rename" | "delete") => ({
    open: dialog.open === which,
    onOpenChange: (isOpen: boolean) => setDialog((current) => ({ ...current, open: isOpen ? which : null })),
  });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <Avatar id={group.id} name={group.name} size={48} thing />
      <div className="min-w-0 flex-1">
        <h2 className="text-xl leading-tight wrap-anywhere">
          <bdi>{group.name}</bdi>
        </h2>
        <p className="mt-0.5 text-ui text-ink-soft">
          @{group.handle}, {peopleCount(group.memberCount)}
        </p>
      </div>
      <div className="flex gap-2 @max-[640px]/page:basis-full">
        <Button icon={<Pencil aria-hidden />} onClick={() => show("rename")}>
          Rename
        </Button>
        <Button icon={<Trash2 aria-hidden />} onClick={() => show("delete")}>
          Delete
        </Button>
      </div>
      <NameDialog key={`rename ${dialog.key}`} group={group} onDone={onChange} {...stateOf("rename")} />
      <DeleteGroupDialog
        key={`delete ${dialog.key}`}
        group={group}
        onDone={() => {
          reloadGroups();
          router.push(paths.setting("groups"));
        }}
        {...stateOf("delete")}
      />
    </div>
  );
}
