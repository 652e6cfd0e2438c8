"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import type { Person } from "@/lib/contract/person";
import { useParley } from "./use-parley";

/** A person by id; null until they are loaded. */
export function usePerson(personId: string | null): Person | null {
  const { stores, loadMissingPeople } = useParley();
  const person = useStore(stores.people, (state) => (personId ? (state.people.get(personId) ?? null) : null));
  const isMissing = personId !== null && person === null;
  useEffect(() => {
    if (isMissing) loadMissingPeople([personId]);
  }, [loadMissingPeople, personId, isMissing]);
  return person;
}
