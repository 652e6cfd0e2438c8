"use client";
import type { ReactNode } from "react";
import { dayInSentence } from "@/components/messages/day-in-sentence";
import { Time } from "@/components/messages/time";
import { monthOfYear } from "@/components/messages/times";
import { Tag } from "@/components/ui/tag";
import { useBlockedAt } from "@/lib/client/hooks/use-blocked-at";
import { useNow } from "@/lib/client/hooks/use-now";
import { usePresence } from "@/lib/client/hooks/use-presence";
import type { Output } from "@/lib/contract/index";
import type { Person } from "@/lib/contract/person";
import { DeactivatedOn, presenceWords, someOf } from "./card-facts";
import { localTime } from "./local-time";
import { seenWords } from "./status";

type ProfileFactsProps = {
  person: Person;
  /** What `person.show` says besides. Undefined while it is loading. */
  facts: Output<"person.show"> | undefined;
  isMe: boolean;
  /** Whether a line names the rooms in common. */
  namesRooms?: boolean;
};

/** The lines of a profile. Of somebody whom the viewer blocks, little is said. */
export function ProfileFacts({ person, facts, isMe, namesRooms = false }: ProfileFactsProps) {
  const blockedAt = useBlockedAt(person.id);
  const { groups = [], rooms = [], roomCount = 0, joinedAt } = facts ?? {};
  const deactivated = person.deactivatedAt && (
    <Fact name="Account">
      <DeactivatedOn at={person.deactivatedAt} />
    </Fact>
  );
  if (blockedAt)
    return (
      <dl className="mt-5 text-sm">
        {deactivated}
        <Fact name="Blocked">
          Since <Time at={blockedAt} format={dayInSentence} />. Their messages are collapsed.
        </Fact>
      </dl>
    );
  return (
    <dl className="mt-5 text-sm">
      {deactivated || (
        <Fact name="Presence">
          <PresenceWords personId={person.id} lastSeenAt={facts?.person.lastSeenAt ?? person.lastSeenAt} />
        </Fact>
      )}
      {person.timeZone && (
        <Fact name="Local time">
          <LocalTime timeZone={person.timeZone} isMe={isMe} />
        </Fact>
      )}
      {namesRooms && !isMe && rooms.length > 0 && <Fact name="In common">{someOf(rooms, roomCount)}</Fact>}
      {groups.length > 0 && (
        <Fact name="Groups">
          <span className="flex flex-wrap gap-1.5">
            {groups.map(({ id, name }) => (
              <Tag key={id}>{name}</Tag>
            ))}
          </span>
        </Fact>
      )}
      {joinedAt && (
        <Fact name="Joined">
          <Time at={joinedAt} format={monthOfYear} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-9 items-center gap-2.5 border-t py-1.5 first:border-t-0">
      <dt className="w-21 flex-none text-ink-faint">{name}</dt>
      <dd className="min-w-0 flex-1 wrap-anywhere">{children}</dd>
    </div>
  );
}

function PresenceWords({ personId, lastSeenAt }: { personId: string; lastSeenAt: string | null }) {
  const presence = usePresence(personId);
  const seen = useNow((now) => (lastSeenAt ? `Last seen ${seenWords(lastSeenAt, now)}` : "Offline"));
  if (!presence) return "Unknown while there is no connection";
  return presence === "offline" ? seen : presenceWords[presence];
}

function LocalTime({ timeZone, isMe }: { timeZone: string; isMe: boolean }) {
  const time = useNow((now) => localTime(timeZone, now)?.time);
  const difference = useNow((now) => localTime(timeZone, now)?.difference);
  return (
    <>
      {time ?? timeZone} {!isMe && time && <span className="text-ink-faint">{difference}</span>}
    </>
  );
}
