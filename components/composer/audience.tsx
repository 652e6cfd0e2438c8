"use client";
import dynamic from "next/dynamic";
import { peopleCount } from "@/components/rooms/room-name";
import { retrying } from "@/components/ui/on-demand";
import type { Room } from "@/lib/contract/room";

const Guests = dynamic(
  retrying(() => import("./guests")),
  { ssr: false },
);

/** By the number of people in a direct room. */
const directAudiences: Readonly<Record<number, string>> = { 1: "Only you", 2: "Only the two of you" };

/** Who can read what is written in a room or in one of its threads. */
export function Audience({ room }: { room: Room }) {
  return (
    directAudiences[room.directIds.length] ?? (
      <>
        {peopleCount(room.memberCount)}
        <Guests room={room} />
      </>
    )
  );
}
