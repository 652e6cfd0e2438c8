"use client";
import { useCallback, useEffect } from "react";
import { useStore } from "zustand";
import { useParley } from "@/lib/client/hooks/use-parley";
import { roomTitle, type TitledRoom } from "./room-name";

/** Returns a function that names my rooms. Fetches the people in direct rooms of `rooms` who are not loaded yet. */
export function useRoomTitles(rooms: readonly TitledRoom[]): (room: TitledRoom) => string {
  const { stores } = useParley();
  const people = useStore(stores.people, (state) => state.people);
  const myId = useStore(stores.rooms, ({ me }) => me.id);
  useLoaded(rooms.flatMap(({ directIds }) => directIds));
  return useCallback((room) => roomTitle(room, people, myId), [people, myId]);
}

/** The name of one of my rooms. Renders again only when that name changes. */
export function useRoomTitle(room: TitledRoom): string {
  const { stores } = useParley();
  const myId = useStore(stores.rooms, ({ me }) => me.id);
  useLoaded(room.directIds);
  return useStore(stores.people, ({ people }) => roomTitle(room, people, myId));
}

/** A room's name inside a sentence: "#general", or a direct room's title. */
const toLabel = ({ kind }: TitledRoom, title: string) => (kind === "direct" ? title : `#${title}`);

export function useRoomLabel(room: TitledRoom): string {
  return toLabel(room, useRoomTitle(room));
}

/** `useRoomTitles` for names inside a sentence. */
export function useRoomLabels(rooms: readonly TitledRoom[]): (room: TitledRoom) => string {
  const titleOf = useRoomTitles(rooms);
  return (room) => toLabel(room, titleOf(room));
}

function useLoaded(ids: readonly string[]) {
  const { loadMissingPeople } = useParley();
  const key = ids.join(" ");
  useEffect(() => {
    if (key) loadMissingPeople(key.split(" "));
  }, [loadMissingPeople, key]);
}
