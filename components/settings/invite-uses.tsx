"use client";
import { PersonPicture } from "@/components/people/person-avatar";
import { Time } from "@/components/messages/time";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useList } from "@/lib/client/hooks/use-query";
import type { Invite } from "@/lib/contract/invite";
import { distance } from "./distance";
import { LoadError } from "./load-error";

type InviteUsesProps = { invite: Invite; open: boolean; onOpenChange: (open: boolean) => void };

/** Everybody who joined with an invite, page by page. */
export default function InviteUses({ invite, open, onOpenChange }: InviteUsesProps) {
  const list = useList({ inviteId: invite.id }, async (call, input, after) => {
    const { people, next } = await call("invite.listUses", { ...input, after });
    return { rows: people, next };
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Who joined"
      description={`${invite.uses.toLocaleString()} ${invite.uses === 1 ? "person" : "people"} joined with this invite, the latest first.`}
      footer={<Button onClick={() => onOpenChange(false)}>Done</Button>}
    >
      {list.status === "loading" && <ListSkeleton rows={5} label="Loading people" />}
      {list.error && list.rows.length === 0 && (
        <LoadError title="Couldn't load people" message={list.error.message} onRetry={list.reload} />
      )}
      <ul aria-label="Who joined" className="divide-y divide-line">
        {list.rows.map(({ person, usedAt }) => (
          <li key={person.id} className="flex min-h-13 items-center gap-3 py-1.5">
            <PersonPicture person={person} size={32} />
            <bdi className="min-w-0 flex-1 truncate text-ui">{person.name}</bdi>
            <Time at={usedAt} format={distance} className="flex-none text-xs text-ink-faint" />
          </li>
        ))}
      </ul>
      <LoadMore list={list} className="mt-2" />
    </Dialog>
  );
}
