"use client";
import type { ReactNode } from "react";
import { NamedRoomTile } from "@/components/rooms/room-icon";
import { Time } from "@/components/messages/time";
import { PersonAvatar } from "@/components/people/person-avatar";
import { PersonName } from "@/components/profile/person-name";
import { accessWords, peopleCount } from "@/components/rooms/room-name";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { InvitedRoom, RoomInvite } from "@/lib/contract/room-invite";
import { inviteDay, inviteTime } from "./invite-times";
import { useAnswer } from "./use-answer";

/** An invite in full: who sent it, their note, and the room with its first members. */
export function InviteDetails({ invite }: { invite: RoomInvite }) {
  const { id, room, inviter, note, createdAt, expiresAt, tick } = invite;
  // Reloads when the invite changes, because its room may have been archived or renamed.
  const shown = useQuery({ roomInviteId: id }, (call, input) => call("roomInvite.show", input), { version: tick });
  const { accept, decline } = useAnswer(invite);
  const { data } = shown;
  return (
    <article aria-label={`Invite to ${room.name}`}>
      <div className="flex items-center gap-4">
        <NamedRoomTile room={room} className="size-14 rounded-thing bg-hover" iconClassName="size-[22px]" />
        <div className="min-w-0">
          <h2 className="truncate text-xl font-semibold tracking-name">
            <bdi>{room.name}</bdi>
          </h2>
          <p className="text-ui text-ink-soft">
            {accessWords[room.access].name} room{data && `, ${peopleCount(data.memberCount)}`}
          </p>
        </div>
      </div>
      <div className="mt-6 flex items-start gap-3">
        <PersonAvatar person={inviter} size={36} cardOf={inviter.id} />
        <div className="min-w-0 flex-1">
          <p className="text-ui text-ink-soft">
            <PersonName personId={inviter.id} className="align-bottom font-strong text-ink">
              {inviter.name}
            </PersonName>{" "}
            invited you <Time at={createdAt} format={inviteTime} className="ml-1 text-xs text-ink-faint" />
          </p>
          {note && (
            <p
              dir="auto"
              className="mt-1 w-fit max-w-full rounded-bubble rounded-ss-sm bg-bubble px-3.5 py-2 whitespace-pre-wrap wrap-anywhere"
            >
              {note}
            </p>
          )}
        </div>
      </div>
      {shown.status === "loading" && <ListSkeleton rows={3} label="Loading the room" className="mt-6" />}
      {shown.error && (
        <Banner tone="warning" className="mt-6 rounded-control">
          {shown.error.message}
        </Banner>
      )}
      {data?.description && (
        <Section title="What it’s for">
          <p className="text-ui whitespace-pre-wrap text-ink-soft wrap-anywhere">{data.description}</p>
        </Section>
      )}
      {data && data.members.length > 0 && <Members {...data} />}
      <div className="mt-7 flex flex-wrap items-center gap-x-2 gap-y-3 border-t pt-5 max-md:sticky max-md:bottom-0 max-md:-mx-4 max-md:bg-surface max-md:px-4 max-md:pb-4">
        <p className="min-w-40 flex-1 text-sm text-ink-faint max-md:basis-full">
          Expires <Time at={expiresAt} format={inviteDay} />.
        </p>
        <Button size="lg" className="max-md:flex-1" busy={decline.isPending} onClick={() => void decline.run()}>
          Decline
        </Button>
        {/* No Accept button if the room can't be joined now. The sentence above says why. */}
        {!shown.error && (
          <Button
            size="lg"
            variant="primary"
            className="max-md:flex-1"
            busy={accept.isPending}
            onClick={() => void accept.run()}
          >
            Accept
          </Button>
        )}
      </div>
    </article>
  );
}

const roles = { admin: "Room admin", moderator: "Moderator", member: null };

function Members({ members, memberCount }: InvitedRoom) {
  return (
    <Section
      title={
        <>
          Who’s in it <span className="ml-1 font-normal text-ink-soft tabular-nums">{memberCount}</span>
        </>
      }
    >
      <ul className="grid grid-cols-2 gap-x-6 gap-y-3 max-md:grid-cols-1">
        {members.map(({ role, ...person }) => (
          <li key={person.id} className="flex min-w-0 items-center gap-3">
            <PersonAvatar person={person} size={32} cardOf={person.id} />
            <span className="min-w-0 leading-snug">
              <PersonName personId={person.id} className="block text-ui">
                {person.name}
              </PersonName>
              {roles[role] && <span className="block truncate text-xs text-ink-faint">{roles[role]}</span>}
            </span>
          </li>
        ))}
      </ul>
      {memberCount > members.length && (
        <p className="mt-3 text-sm text-ink-faint">and {peopleCount(memberCount - members.length)} more</p>
      )}
    </Section>
  );
}

function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="mt-6">
      <h3 className="mb-1.5 text-sm font-strong">{title}</h3>
      {children}
    </section>
  );
}
