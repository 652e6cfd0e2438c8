"use client";
import { Button } from "@/components/ui/button";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { LoadMore } from "@/components/ui/load-more";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useList } from "@/lib/client/hooks/use-query";
import type { Ban } from "@/lib/contract/ban";
import type { Room } from "@/lib/contract/room";
import { type MembershipSubject, mayUnban } from "@/lib/policy/room";
import { PersonPicture } from "./person-avatar";
import { useAsker } from "./use-asker";

/** The people who are banned from a room. Loads again when the room changes. */
export function BannedPeople({ room, membership }: { room: Room; membership: MembershipSubject | null }) {
  const list = useList({ roomId: room.id, changedSeq: room.changedSeq }, async (call, { roomId }, after) => {
    const { bans, next } = await call("ban.list", { roomId, after });
    return { rows: bans, next };
  });
  if (list.rows.length === 0) return null;
  return (
    <section className="mt-3 border-t pt-3" aria-label="Banned people">
      <h3 className="px-2 pb-1 text-xs font-medium text-ink-faint">Banned</h3>
      <ul ref={keepFocusInRows}>
        {list.rows.map((ban) => (
          <BannedRow key={ban.person.id} ban={ban} room={room} membership={membership} />
        ))}
      </ul>
      <LoadMore list={list} className="mt-1" />
    </section>
  );
}

function BannedRow({ ban, room, membership }: { ban: Ban; room: Room; membership: MembershipSubject | null }) {
  const { person, by } = ban;
  const call = useCall();
  const asker = useAsker();
  const target = { personId: person.id, role: null, organizationRole: person.role };
  const unban = useMutation(
    () => call("ban.remove", { roomId: room.id, personId: person.id }),
    (error) => toast.error(error.message),
  );
  return (
    <li className="flex min-h-12 items-center gap-3 rounded-control px-2 py-1">
      <PersonPicture person={person} size={32} />
      <span className="min-w-0 flex-1 leading-snug">
        <span className="block truncate text-ui">
          <bdi>{person.name}</bdi>
        </span>
        <span className="block truncate text-xs text-ink-faint">
          Banned by <bdi>{by.name}</bdi>
        </span>
      </span>
      {mayUnban(asker, room, membership, target).ok && (
        <Button size="sm" busy={unban.isPending} onClick={() => void unban.run()}>
          Unban<span className="sr-only"> {person.name}</span>
        </Button>
      )}
    </li>
  );
}
