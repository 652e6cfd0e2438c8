"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useParley } from "@/lib/client/hooks/use-parley";

/** Returns a function that returns the name for a person's id. Fetches the people of `ids` who are not loaded yet. */
export function useNames(ids: readonly (string | null)[]): (id: string) => string {
  const nameOf = useKnownNames(ids);
  return (id) => nameOf(id) ?? "Someone";
}

/** The same, but null for somebody whom I don't know, or not yet. */
export function useKnownNames(ids: readonly (string | null)[]): (id: string) => string | null {
  const { stores, loadMissingPeople } = useParley();
  const people = useStore(stores.people, (state) => state.people);
  const me = useStore(stores.rooms, (state) => state.me);
  const missingIds = ids.filter((id): id is string => id !== null && id !== me.id && !people.has(id)).join(" ");
  useEffect(() => {
    if (missingIds) loadMissingPeople(missingIds.split(" "));
  }, [loadMissingPeople, missingIds]);
  return (id) => (id === me.id ? me.name : (people.get(id)?.name ?? null));
}
