"use client";
import { AtSign, EyeOff, MessageCircle, NotebookPen, Pencil, Settings2, SmilePlus, UserRound } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import { offered } from "@/components/offers";
import { PersonAvatar } from "@/components/people/person-avatar";
import { useAsker } from "@/components/people/use-asker";
import { useOpenDirect } from "@/components/people/use-open-direct";
import { usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Tag } from "@/components/ui/tag";
import { toast } from "@/components/ui/toast";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { usePresence } from "@/lib/client/hooks/use-presence";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Person } from "@/lib/contract/person";
import { CardFacts } from "./card-facts";
import { cardOffers } from "./card-offers";
import { PresenceChoices } from "./presence-choices";
import type { TimedChoice } from "./presence-words";
import type { Status } from "./status";
import { useCopyHandle } from "./use-copy-handle";
import { useOpenProfile } from "./use-open-profile";
import { useStatus, useUntilWords } from "./use-status";

type PersonCardProps = {
  person: Person;
  onClose: () => void;
  onSetStatus: () => void;
  /** Asks for the day and time until which a presence lasts. */
  onPickTime: (choice: TimedChoice) => void;
  /** Asks whether to block the person. */
  onBlock: (person: Person) => void;
};

/** A person's name, status and other facts, with the actions that the viewer may take. */
export function PersonCard({ person, onClose, onSetStatus, onPickTime, onBlock }: PersonCardProps) {
  const { me } = useMe();
  const asker = useAsker();
  const paths = usePaths();
  const openDirect = useOpenDirect();
  const openProfile = useOpenProfile();
  const copyHandle = useCopyHandle();
  const status = useStatus(person);
  const isMe = person.id === me.id;
  const isBlocked = useBlocked().ids.has(person.id);
  const call = useCall();
  const actions = useRef<HTMLDivElement>(null);
  const unblock = useMutation(
    async () => {
      await call("block.remove", { personId: person.id });
      // The pressed button is removed. The one in its place gets the keyboard focus.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body)
          actions.current?.querySelector<HTMLElement>("button, a[href]")?.focus();
      });
    },
    (error) => toast.error(error.message),
  );
  // When they go offline, the time at which they were last seen is new.
  const version = usePresence(person.id) === "offline" ? 1 : 0;
  const { data } = useQuery({ personId: person.id }, (load, input) => load("person.show", input), { version });
  const offers = new Set(
    offered(cardOffers, { asker, person, sharesChannel: (data?.roomCount ?? 0) > 0, isBlocked }).map(({ key }) => key),
  );
  const subtitle = [person.title, person.pronouns].filter(Boolean).join(", ");

  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex items-start gap-3">
        <PersonAvatar person={person} size={48} className={isBlocked ? "grayscale" : undefined} />
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-2">
            <span className="truncate text-md font-semibold tracking-name" title={person.name}>
              <bdi>{person.name}</bdi>
            </span>
            {person.role === "guest" && <Tag>Guest</Tag>}
          </p>
          {subtitle && (
            <p dir="auto" className="line-clamp-2 text-sm text-ink-soft">
              {subtitle}
            </p>
          )}
          <p className="truncate text-sm text-ink-faint">@{person.handle}</p>
        </div>
      </div>
      {isMe ? (
        <>
          <MyStatus status={status} onSetStatus={onSetStatus} />
          <PresenceChoices onPickTime={onPickTime} />
        </>
      ) : (
        status && !isBlocked && <StatusLine status={status} className="rounded-control bg-hover px-3 py-2" />
      )}
      <CardFacts
        person={person}
        lastSeenAt={data?.person.lastSeenAt ?? person.lastSeenAt}
        groups={data?.groups}
        rooms={data?.rooms}
        roomCount={data?.roomCount ?? 0}
      />
      <div
        ref={actions}
        className={cn(
          "grid items-center gap-2",
          isMe ? "grid-cols-2" : "auto-cols-auto grid-flow-col grid-cols-[minmax(0,1fr)]",
        )}
      >
        {offers.has("message") && (
          <Button
            variant={isMe ? "secondary" : "primary"}
            icon={isMe ? <NotebookPen aria-hidden /> : <MessageCircle aria-hidden />}
            onClick={() => {
              openDirect(person.id);
              onClose();
            }}
          >
            {isMe ? "Notes to self" : "Message"}
          </Button>
        )}
        {offers.has("unblock") && (
          <Button busy={unblock.isPending} onClick={() => void unblock.run()}>
            Unblock<span className="sr-only"> {person.name}</span>
          </Button>
        )}
        {offers.has("editProfile") && (
          <Button asChild>
            <Link href={paths.setting("account")} prefetch={false}>
              <Pencil aria-hidden />
              Edit profile
            </Link>
          </Button>
        )}
        {!isMe && (
          <IconButton label={`Copy @${person.handle}`} onClick={() => copyHandle(person.handle)}>
            <AtSign aria-hidden />
          </IconButton>
        )}
        {!isMe && (
          <IconButton
            label="View profile"
            onClick={() => {
              openProfile(person.id);
              onClose();
            }}
          >
            <UserRound aria-hidden />
          </IconButton>
        )}
        {offers.has("block") && (
          <IconButton label={`Block ${person.name}`} onClick={() => onBlock(person)}>
            <EyeOff aria-hidden />
          </IconButton>
        )}
        {offers.has("manage") && (
          <Link
            href={`${paths.setting("people")}?search=${encodeURIComponent(JSON.stringify(person.handle))}`}
            prefetch={false}
            aria-label={`Manage ${person.name}`}
            title={`Manage ${person.name}`}
            className="grid size-control flex-none place-items-center rounded-control text-ink-soft hover:bg-hover hover:text-ink max-md:size-touch"
          >
            <Settings2 aria-hidden className="size-4 max-md:size-5" />
          </Link>
        )}
      </div>
    </div>
  );
}

function MyStatus({ status, onSetStatus }: { status: Status | null; onSetStatus: () => void }) {
  return (
    <button
      type="button"
      className="flex min-h-control w-full items-center gap-2.5 rounded-control bg-hover px-3 py-2 text-start text-ui hover:bg-press max-md:min-h-touch"
      onClick={onSetStatus}
    >
      {status ? (
        <StatusLine status={status} className="min-w-0 flex-1" />
      ) : (
        <span className="flex-1 text-ink-soft">Set a status</span>
      )}
      {status ? (
        <Pencil aria-label="Change" className="size-3.5 flex-none text-ink-faint" />
      ) : (
        <SmilePlus aria-hidden className="size-4 flex-none text-ink-faint" />
      )}
    </button>
  );
}

/** A status in one line: the emoji, the text, and when it ends. */
export function StatusLine({ status, className }: { status: Status; className?: string }) {
  const until = useUntilWords(status);
  return (
    <span className={cn("flex items-center gap-2.5", className)}>
      {status.emoji && <span className="flex-none text-lg leading-none">{status.emoji}</span>}
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
        <bdi className="min-w-0 wrap-anywhere">{status.text}</bdi>
        {until && <span className="ms-auto text-xs text-ink-faint">{until}</span>}
      </span>
    </span>
  );
}
