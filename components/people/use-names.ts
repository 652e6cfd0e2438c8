"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useParley } from "@/lib/client/hooks/use-parley";

/** Returns a function that returns the name for a person's id. Fetches the people of `ids` who are not loaded yet. */
export function useNames(ids: readonly (string | null)[]): (id: string) => string {
  const { stores, loadMissingPeople } = useParley();
  const people = useStore(stores.people, (state) => state.people);
  const missingIds = ids.filter((id): id is string => id !== null && !people.has(id)).join(" ");
  useEffect(() => {
    if (missingIds) loadMissingPeople(missingIds.split(" "));
  }, [loadMissingPeople, missingIds]);
  return (id) => people.get(id)?.name ?? "Someone";
}
