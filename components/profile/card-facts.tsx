"use client";
import { ChevronsDownUp, Clock, EyeOff, Hash, Shapes, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { Time } from "@/components/messages/time";
import { dayInSentence } from "@/components/messages/day-in-sentence";
import { accountWords } from "@/components/people/account-words";
import { PresenceDot, presenceNames } from "@/components/ui/presence";
import { useBlockedAt } from "@/lib/client/hooks/use-blocked-at";
import { useMe } from "@/lib/client/hooks/use-me";
import { useNow } from "@/lib/client/hooks/use-now";
import { usePresence } from "@/lib/client/hooks/use-presence";
import type { Person } from "@/lib/contract/person";
import { localTime } from "./local-time";
import { seenWords } from "./status";

type Named = readonly { id: string; name: string }[];
type CardFactsProps = {
  person: Person;
  /** When others last saw them online. No event says it. */
  lastSeenAt: string | null;
  groups: Named | undefined;
  rooms: Named | undefined;
  roomCount: number;
};

/** How many names a line shows before it counts the rest. */
const maxNames = 3;
export const presenceWords = { ...presenceNames, active: "Active now" };

/** The lines of a card: presence (unless it is one's own), local time, rooms in common, groups. */
export function CardFacts({ person, lastSeenAt, groups = [], rooms = [], roomCount }: CardFactsProps) {
  const { me } = useMe();
  const isMe = person.id === me.id;
  const blockedAt = useBlockedAt(person.id);
  const deactivated = person.deactivatedAt && (
    <Fact icon={<UserX />}>
      <DeactivatedOn at={person.deactivatedAt} />
    </Fact>
  );
  if (blockedAt)
    return (
      <ul className="flex flex-col gap-2 text-sm">
        {deactivated}
        <Fact icon={<EyeOff />}>
          Blocked on <Time at={blockedAt} format={dayInSentence} />
        </Fact>
        <Fact icon={<ChevronsDownUp />}>Their messages are collapsed</Fact>
      </ul>
    );
  return (
    <ul className="flex flex-col gap-2 text-sm empty:hidden">
      {deactivated}
      {!isMe && !person.deactivatedAt && <Presence personId={person.id} lastSeenAt={lastSeenAt} />}
      {person.timeZone && <LocalTime timeZone={person.timeZone} isMe={isMe} />}
      {!isMe && rooms.length > 0 && (
        <Fact icon={<Hash />}>
          {someOf(rooms, roomCount)} <span className="text-ink-faint">in common</span>
        </Fact>
      )}
      {groups.length > 0 && <Fact icon={<Shapes />}>{someOf(groups, groups.length)}</Fact>}
    </ul>
  );
}

/** That somebody can no longer sign in, and since when. */
export const DeactivatedOn = ({ at }: { at: string }) => (
  <>
    {accountWords.deactivated} on <Time at={at} format={dayInSentence} />
  </>
);

/** The first names of a list, and how many there are besides. */
export const someOf = (named: Named, count: number): string => {
  const names = named.slice(0, maxNames).map(({ name }) => name);
  const rest = count - names.length;
  return [...names, ...(rest > 0 ? [`${rest.toLocaleString()} more`] : [])].join(", ");
};

function Presence({ personId, lastSeenAt }: { personId: string; lastSeenAt: string | null }) {
  const presence = usePresence(personId);
  const seen = useNow((now) => (lastSeenAt ? `Last seen ${seenWords(lastSeenAt, now)}` : "Offline"));
  if (!presence) return null;
  return (
    <Fact icon={<PresenceDot presence={presence} />}>{presence === "offline" ? seen : presenceWords[presence]}</Fact>
  );
}

function LocalTime({ timeZone, isMe }: { timeZone: string; isMe: boolean }) {
  const time = useNow((now) => localTime(timeZone, now)?.time);
  const difference = useNow((now) => localTime(timeZone, now)?.difference);
  if (!time) return null;
  return (
    <Fact icon={<Clock />}>
      {time} {!isMe && <span className="text-ink-faint">{difference}</span>}
    </Fact>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-start gap-2.5">
      <span aria-hidden className="grid h-5 w-4 flex-none place-items-center text-ink-faint [&>svg]:size-4">
        {icon}
      </span>
      <span className="min-w-0 flex-1 leading-5 wrap-anywhere">{children}</span>
    </li>
  );
}
