"use client";
import { MessageCircle } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from "react";
import { Time } from "@/components/messages/time";
import { dayInSentence } from "@/components/messages/day-in-sentence";
import { PersonPicture } from "@/components/people/person-avatar";
import { roomTitle } from "@/components/rooms/room-name";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { LoadMore } from "@/components/ui/load-more";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useList } from "@/lib/client/hooks/use-query";
import type { BlockedPerson } from "@/lib/contract/block";
import { BlockedPeopleLoading } from "./blocked-people-loading";
import { LoadError } from "./load-error";
import { ClientContext } from "./with-client";

/** The people whom the viewer blocks. Loads again when the viewer blocks or unblocks somebody on another device. */
export default function BlockedPeople({ tick }: { tick: number }) {
  const version = useBlocksTick(tick);
  const list = useList(
    {},
    async (call, _, after) => {
      const { blocked, next } = await call("block.list", { after });
      return { rows: blocked, next };
    },
    { version },
  );
  const place = useRef<HTMLDivElement>(null);
  const hasUnblocked = useRef(false);
  // The last row is removed with its button, which had the keyboard focus.
  useEffect(() => {
    if (hasUnblocked.current && list.rows.length === 0) place.current?.focus();
    hasUnblocked.current = false;
  }, [list.rows]);
  if (list.status === "error")
    return (
      <LoadError
        title="Couldn't load the people you blocked"
        message={list.error?.message ?? ""}
        onRetry={list.reload}
      />
    );
  if (list.status === "loading") return <BlockedPeopleLoading />;
  function reload() {
    hasUnblocked.current = true;
    list.reload();
  }
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      {list.rows.length === 0 ? (
        <p className="text-ui text-ink-soft">You haven't blocked anyone.</p>
      ) : (
        <>
          <ul ref={keepFocusInRows} aria-label="Blocked people" className="-mt-1">
            {list.rows.map((row) => (
              <BlockedRow key={row.person.id} row={row} onUnblocked={reload} />
            ))}
          </ul>
          <LoadMore list={list} className="mt-1" />
        </>
      )}
    </div>
  );
}

/** The tick of the viewer's blocked people: the one with which the page was rendered until the client is loaded. */
function useBlocksTick(rendered: number): number {
  const store = useContext(ClientContext)?.stores.rooms;
  const subscribe = useCallback((onChange: () => void) => store?.subscribe(onChange) ?? (() => {}), [store]);
  return useSyncExternalStore(
    subscribe,
    () => store?.getState().blocked.tick ?? rendered,
    () => rendered,
  );
}

/** The title of a direct room with these people. */
const titleOf = (others: readonly { id: string; name: string }[]): string =>
  roomTitle(
    { kind: "direct", name: null, directIds: others.map(({ id }) => id) },
    new Map(others.map((other) => [other.id, other])),
    "",
  );

function BlockedRow({ row, onUnblocked }: { row: BlockedPerson; onUnblocked: () => void }) {
  const { person, blockedAt, directRooms, invites } = row;
  const call = useCall();
  const paths = usePaths();
  const unblock = useMutation(
    async () => {
      await call("block.remove", { personId: person.id });
      onUnblocked();
    },
    (error) => toast.error(error.message),
  );
  return (
    <li className="border-t py-2 first:border-t-0">
      <div className="flex min-h-13 items-center gap-3">
        <PersonPicture person={person} size={36} className="grayscale" />
        <span className="min-w-0 flex-1 leading-snug">
          <span className="block truncate text-ui font-medium">
            <bdi>{person.name}</bdi>
          </span>
          <span className="block truncate text-sm text-ink-faint">
            @{person.handle}, blocked on <Time at={blockedAt} format={dayInSentence} />
          </span>
        </span>
        <Button size="sm" busy={unblock.isPending} onClick={() => void unblock.run()}>
          Unblock<span className="sr-only"> {person.name}</span>
        </Button>
      </div>
      {(directRooms.length > 0 || invites.length > 0) && (
        <ul aria-label={`What ${person.name} sent you`} className="ms-12 flex flex-col text-sm">
          {directRooms.map(({ id, others }) => (
            <li key={id}>
              <RowLink href={paths.room(id)}>
                Your conversation
                <span className={others.length === 1 ? "sr-only" : undefined}> with {titleOf(others)}</span>
              </RowLink>
            </li>
          ))}
          {invites.map(({ id, room }) => (
            <li key={id}>
              <RowLink href={paths.invite(id)}>
                Invited you to <bdi>{room.name}</bdi>
              </RowLink>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-7 max-w-full items-center gap-2 rounded-control text-link hover:underline max-md:min-h-touch"
    >
      <MessageCircle aria-hidden className="size-3.5 flex-none" />
      <span className="truncate">{children}</span>
    </Link>
  );
}
