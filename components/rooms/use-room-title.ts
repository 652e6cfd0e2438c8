"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useParley } from "@/lib/client/hooks/use-parley";
import { roomTitle, type TitledRoom } from "./room-name";

/** Returns a function that names my rooms, direct rooms by their people. Fetches the people of `rooms` that are not loaded yet. */
export function useRoomTitles(rooms: readonly TitledRoom[]): (room: TitledRoom) => string {
  const { stores } = useParley();
  const people = useStore(stores.people, (state) => state.people);
  const myId = useStore(stores.rooms, ({ me }) => me.id);
  useLoaded(rooms.flatMap(({ directIds }) => directIds));
  return (room) => roomTitle(room, people, myId);
}

/** The name of one room of mine. Changes only when that name does. */
export function useRoomTitle(room: TitledRoom): string {
  const { stores } = useParley();
  const myId = useStore(stores.rooms, ({ me }) => me.id);
  useLoaded(room.directIds);
  return useStore(stores.people, ({ people }) => roomTitle(room, people, myId));
}

/** The same inside a sentence: "#general". */
export function useRoomLabel(room: TitledRoom): string {
  const title = useRoomTitle(room);
  return room.kind === "direct" ? title : `#${title}`;
}

function useLoaded(ids: readonly string[]) {
  const { loadMissingPeople } = useParley();
  const key = ids.join(" ");
  useEffect(() => {
    if (key) loadMissingPeople(key.split(" "));
  }, [loadMissingPeople, key]);
}
