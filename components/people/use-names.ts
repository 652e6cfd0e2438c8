"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useParley } from "@/lib/client/hooks/use-parley";

/** Names of several people by id, fetched where they are not loaded yet. */
export function useNames(ids: readonly (string | null)[]): (id: string) => string {
  const { stores, loadMissingPeople } = useParley();
  const people = useStore(stores.people, (state) => state.people);
  const missing = ids.filter((id): id is string => id !== null && !people.has(id)).join(" ");
  useEffect(() => {
    if (missing) loadMissingPeople(missing.split(" "));
  }, [loadMissingPeople, missing]);
  return (id) => people.get(id)?.name ?? "Someone";
}
