"use client";
import { useMemo } from "react";
import type { Room } from "@/lib/contract/room";
import { guestsInWords } from "./audience-words";
import { membersOf, useNames } from "./use-names";

/** How many of the people who will read a message are guests. Nothing while that is not known. */
export default function Guests({ room }: { room: Room }) {
  const names = useNames(room);
  const members = membersOf(names, room);
  const count = useMemo(
    () => [...(members ?? [])].filter((id) => names.people.get(id)?.role === "guest").length,
    [members, names.people],
  );
  return guestsInWords(count);
}
