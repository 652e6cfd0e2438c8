"use client";
import { AtSign, MessageCircle, NotebookPen, Pencil, Settings2, SmilePlus } from "lucide-react";
import Link from "next/link";
import { offered } from "@/components/offers";
import { PersonAvatar } from "@/components/people/person-avatar";
import { useAsker } from "@/components/people/use-asker";
import { useOpenDirect } from "@/components/people/use-open-direct";
import { usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { copyText } from "@/components/ui/copy";
import { Tag } from "@/components/ui/tag";
import { toast } from "@/components/ui/toast";
import { useMe } from "@/lib/client/hooks/use-me";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Person } from "@/lib/contract/person";
import { CardFacts } from "./card-facts";
import { cardOffers } from "./card-offers";
import type { Status } from "./status";
import { useStatus, useUntilWords } from "./use-status";

type PersonCardProps = { person: Person; onClose: () => void; onSetStatus: () => void };

/** A person's name, status and other facts, with the actions that the viewer may take. */
export function PersonCard({ person, onClose, onSetStatus }: PersonCardProps) {
  const { me } = useMe();
  const asker = useAsker();
  const paths = usePaths();
  const openDirect = useOpenDirect();
  const status = useStatus(person);
  const isMe = person.id === me.id;
  const { data } = useQuery({ personId: person.id }, (load, input) => load("person.show", input));
  const offers = new Set(
    offered(cardOffers, { asker, person, sharesChannel: (data?.roomCount ?? 0) > 0 }).map(({ key }) => key),
  );
  const subtitle = [person.title, person.pronouns].filter(Boolean).join(", ");

  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex items-start gap-3">
        <PersonAvatar person={person} size={48} />
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
        <MyStatus status={status} onSetStatus={onSetStatus} />
      ) : (
        status && <StatusLine status={status} className="rounded-control bg-hover px-3 py-2" />
      )}
      <CardFacts person={person} groups={data?.groups} rooms={data?.rooms} roomCount={data?.roomCount ?? 0} />
      <div
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
        {offers.has("editProfile") && (
          <Button asChild>
            <Link href={paths.setting("account")} prefetch={false}>
              <Pencil aria-hidden />
              Edit profile
            </Link>
          </Button>
        )}
        {!isMe && (
          <IconButton
            label={`Copy @${person.handle}`}
            onClick={() => {
              void copyText(`@${person.handle}`).then((isCopied) =>
                isCopied ? toast.success("Copied.") : toast.error("Couldn't copy the handle."),
              );
            }}
          >
            <AtSign aria-hidden />
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
