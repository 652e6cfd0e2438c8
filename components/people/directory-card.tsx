"use client";
import { memo } from "react";
import { localTime } from "@/components/profile/local-time";
import { seenWords } from "@/components/profile/status";
import { useCardOffers } from "@/components/profile/use-card-offers";
import { useStatus, useUntilWords } from "@/components/profile/use-status";
import { PlaceLink } from "@/components/shell/place-link";
import { useProfilePath } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Tag } from "@/components/ui/tag";
import { useNow } from "@/lib/client/hooks/use-now";
import { usePerson } from "@/lib/client/hooks/use-person";
import { usePresence } from "@/lib/client/hooks/use-presence";
import type { Person } from "@/lib/contract/person";
import { PersonAvatar } from "./person-avatar";
import { useOpenDirect } from "./use-open-direct";

type DirectoryCardProps = {
  id: string;
  /** The person as the list returned them. */
  listed: Person;
};

const roleWords = { owner: "Owner", admin: "Admin", member: null, guest: "Guest" } as const;

/** One person of the directory. The card opens their profile, their picture the card with what one can do. */
export const DirectoryCard = memo(function DirectoryCard({ id, listed }: DirectoryCardProps) {
  const person = usePerson(id) ?? listed;
  const presence = usePresence(id);
  const pathTo = useProfilePath();
  const openDirect = useOpenDirect();
  const time = useNow((now) => (person.timeZone ? localTime(person.timeZone, now)?.time : undefined));
  // Whether they share a room is not known here. It matters only to guests, who see it on the card.
  const { offers, isMe, isBlocked } = useCardOffers(person, { sharesChannel: false });
  const hasButton = offers.has("message") && !isMe;
  const role = roleWords[person.role];
  return (
    <li className="group/person relative flex min-h-19 min-w-0 items-center gap-x-3.5 gap-y-1 rounded-card border bg-surface px-4 py-3 shadow-card hover:border-line-strong hover:bg-row-hover max-md:flex-wrap">
      <PersonAvatar person={person} size={40} cardOf={id} className={cn("z-10", isBlocked && "grayscale")} />
      <div className="min-w-0 flex-1 leading-snug">
        <p className="flex flex-wrap items-center gap-x-2">
          {/* The link covers the whole card. The picture and the button lie on top of it. */}
          <PlaceLink
            href={pathTo(id)}
            className="max-w-full truncate text-md font-semibold tracking-name -outline-offset-2 after:absolute after:inset-0 after:rounded-card"
          >
            <bdi>{person.name}</bdi>
          </PlaceLink>
          {isMe && <Tag>You</Tag>}
          {role && <Tag tone={person.role === "guest" ? "warning" : "neutral"}>{role}</Tag>}
        </p>
        {person.title && (
          <p dir="auto" className="truncate text-sm text-ink-soft">
            {person.title}
          </p>
        )}
        <p className="truncate text-xs text-ink-faint">{[`@${person.handle}`, time].filter(Boolean).join(", ")}</p>
      </div>
      <p
        className={cn(
          // On phones it is a line of its own, below the name.
          "line-clamp-2 max-w-34 flex-none text-end text-xs text-ink-faint empty:hidden max-md:max-w-full max-md:basis-full max-md:ps-13.5 max-md:text-start",
          hasButton && "md:group-has-focus-visible/person:invisible md:group-hover/person:invisible",
        )}
      >
        {isBlocked ? "Blocked" : <Doing person={person} presence={presence} />}
      </p>
      {hasButton && (
        // Shown to the mouse and the keyboard. A tap on the card opens the profile, so the button takes no presses while it is invisible.
        <Button
          size="sm"
          aria-label={`Message ${person.name}`}
          className="pointer-events-none absolute end-4 opacity-0 group-has-focus-visible/person:pointer-events-auto group-has-focus-visible/person:opacity-100 group-hover/person:pointer-events-auto group-hover/person:opacity-100 max-md:hidden"
          onClick={() => openDirect(id)}
        >
          Message
        </Button>
      )}
    </li>
  );
});

/** Somebody's status, or when they were last online. */
function Doing({ person, presence }: { person: Person; presence: ReturnType<typeof usePresence> }) {
  const status = useStatus(person);
  const until = useUntilWords(status);
  const { lastSeenAt } = person;
  const seen = useNow((now) => (lastSeenAt && presence === "offline" ? `Last seen ${seenWords(lastSeenAt, now)}` : ""));
  const words = status ? [status.emoji, until || status.text].filter(Boolean).join(" ") : seen;
  return words && <bdi title={status?.text}>{words}</bdi>;
}
