"use client";
import { ChevronLeft, Mail, X } from "lucide-react";
import { Bar } from "@/components/shell/frame";
import { SidePanel } from "@/components/shell/side-panel";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useSentInvitesTick } from "@/lib/client/hooks/use-invites";
import { useList } from "@/lib/client/hooks/use-query";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { SentInvite } from "./sent-invite";

/** The room invites that I sent, and what became of each. Loads again when one of them changes. */
export function SentPanel({ onClose }: { onClose: () => void }) {
  const list = useList({ tick: useSentInvitesTick() }, async (call, _, after) => {
    const { invites, next } = await call("roomInvite.listSent", { after });
    return { rows: invites, next };
  });
  const isWaiting = ({ state }: RoomInvite) => state === "pending";
  return (
    <SidePanel label="Invites you sent" onEscape={onClose}>
      <Bar className="md:pl-4">
        <IconButton label="Back to invites" tooltip={false} className="md:hidden" onClick={onClose}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h2 className="min-w-0 flex-1 truncate text-md tracking-name">Invites you sent</h2>
        <IconButton label="Close" className="max-md:hidden" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto pt-bar pb-4">
        {list.status === "loading" && <ListSkeleton rows={6} label="Loading invites" className="px-4 pt-3" />}
        {list.status === "error" && (
          <Empty
            icon={<Mail />}
            heading="h3"
            title="Couldn't load invites"
            actions={<Button onClick={list.reload}>Try again</Button>}
          />
        )}
        {list.status === "ready" && list.rows.length === 0 && (
          <Empty icon={<Mail />} heading="h3" title="You haven't invited anyone">
            To invite someone to a room, open its members and choose Add.
          </Empty>
        )}
        <Section title="Waiting for an answer" invites={list.rows.filter(isWaiting)} all={list.rows} />
        <Section title="Earlier" invites={list.rows.filter((invite) => !isWaiting(invite))} all={list.rows} />
        <LoadMore list={list} className="mx-4 mt-1" />
      </div>
    </SidePanel>
  );
}

type SectionProps = { title: string; invites: readonly RoomInvite[]; all: readonly RoomInvite[] };

function Section({ title, invites, all }: SectionProps) {
  if (invites.length === 0) return null;
  const isNewest = ({ id, room, person }: RoomInvite) =>
    all.find((other) => other.room.id === room.id && other.person.id === person.id)?.id === id;
  return (
    <section className="pt-3">
      <h3 className="px-4 pb-1 text-xs font-medium text-ink-faint">{title}</h3>
      <ul>
        {invites.map((invite) => (
          <SentInvite key={invite.id} invite={invite} isNewest={isNewest(invite)} />
        ))}
      </ul>
    </section>
  );
}
