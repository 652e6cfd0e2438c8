"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useParley } from "@/lib/client/hooks/use-parley";

/** Names of several people by id, fetched where they are not known yet. */
export function useNames(ids: readonly (string | null)[]): (id: string) => string {
  const { stores, people } = useParley();
  const known = useStore(stores.people, (state) => state.people);
  const unknown = ids.filter((id): id is string => id !== null && !known.has(id)).join(" ");
  useEffect(() => {
    if (unknown) people.need(unknown.split(" "));
  }, [people, unknown]);
  return (id) => known.get(id)?.name ?? "Someone";
}
