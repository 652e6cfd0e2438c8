"use client";
import { cn } from "@/components/ui/cn";
import { LoadMore } from "@/components/ui/load-more";
import { useSentInvitesTick } from "@/lib/client/hooks/use-invites";
import { useList } from "@/lib/client/hooks/use-query";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { SentInvite } from "./sent-invite";

/** The invites that I sent: to the room `roomId`, or to any room. Reloads when one of them changes. */
export function useSentInvites(roomId?: string) {
  return useList({ roomId, tick: useSentInvitesTick() }, async (call, input, after) => {
    const { invites, next } = await call("roomInvite.listSent", { roomId: input.roomId, after });
    return { rows: invites, next };
  });
}

type SentInviteListProps = {
  list: ReturnType<typeof useSentInvites>;
  /** The padding of each row. */
  className?: string;
};

/** Pending invites first, then the others with their outcome. */
export function SentInviteList({ list, className }: SentInviteListProps) {
  const isWaiting = ({ state }: RoomInvite) => state === "pending";
  const props = { all: list.rows, className };
  return (
    <>
      <Section title="Waiting for an answer" invites={list.rows.filter(isWaiting)} {...props} />
      <Section title="Earlier" invites={list.rows.filter((invite) => !isWaiting(invite))} {...props} />
      <div className={className}>
        <LoadMore list={list} className="mt-1" />
      </div>
    </>
  );
}

type SectionProps = {
  title: string;
  invites: readonly RoomInvite[];
  all: readonly RoomInvite[];
  className: string | undefined;
};

function Section({ title, invites, all, className }: SectionProps) {
  if (invites.length === 0) return null;
  const isNewest = ({ id, room, person }: RoomInvite) =>
    all.find((other) => other.room.id === room.id && other.person.id === person.id)?.id === id;
  return (
    <section className="pt-3">
      <h3 className={cn("pb-1 text-xs font-medium text-ink-faint", className)}>{title}</h3>
      <ul>
        {invites.map((invite) => (
          <SentInvite key={invite.id} invite={invite} isNewest={isNewest(invite)} className={className} />
        ))}
      </ul>
    </section>
  );
}
