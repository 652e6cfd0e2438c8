"use client";
import type { ReactNode } from "react";
import { Time } from "@/components/messages/time";
import { longDate } from "@/components/messages/times";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { ArchivedTag } from "./archived-tag";
import { RoomIcon } from "./room-icon";
import { accessWords, peopleCount, roomName } from "./room-name";

/** A room's description, topic and access. */
export function RoomDetails({ item }: { item: RoomListItem }) {
  const { room, membership } = item;
  const access = accessWords[room.access];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-[calc(var(--spacing-bar)+20px)] pb-6">
      <div className="flex flex-col items-center gap-3 text-center">
        <span aria-hidden className="well grid size-14 place-items-center rounded-thing text-ink-soft">
          <RoomIcon room={room} className="size-[22px]" />
        </span>
        <h3 className="text-lg wrap-anywhere">
          <bdi>{roomName(room)}</bdi>
        </h3>
        <ArchivedTag room={room} />
        {room.description && (
          <p dir="auto" className="text-ui whitespace-pre-line text-ink-soft wrap-anywhere">
            {room.description}
          </p>
        )}
      </div>
      <dl className="mt-5 text-sm">
        {room.topic && <Fact name="Topic">{room.topic}</Fact>}
        <Fact name="Access">
          {access.name}
          <span className="mt-0.5 block text-xs text-ink-faint">
            {room.archivedAt ? "No one can join while it's archived." : access.hint}
          </span>
        </Fact>
        <Fact name="Posting">
          {room.archivedAt
            ? "No one while it's archived"
            : room.postingPolicy === "everyone"
              ? "Everyone in the room"
              : "Moderators and admins"}
        </Fact>
        <Fact name="People">{peopleCount(room.memberCount)}</Fact>
        {membership.role !== "member" && (
          <Fact name="Your role">{membership.role === "admin" ? "Room admin" : "Moderator"}</Fact>
        )}
        <Fact name="Created">
          <Time at={room.createdAt} format={longDate} />
        </Fact>
        {room.archivedAt && (
          <Fact name="Archived">
            <Time at={room.archivedAt} format={longDate} />
          </Fact>
        )}
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-9 items-baseline gap-2.5 border-t py-2 first:border-t-0">
      <dt className="w-21 flex-none text-ink-faint">{name}</dt>
      <dd dir="auto" className="min-w-0 wrap-anywhere">
        {children}
      </dd>
    </div>
  );
}
