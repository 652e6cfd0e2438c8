"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import type { Person } from "@/lib/contract/person";
import { useParley } from "./use-parley";

/** Somebody by id; null until they are known. */
export function usePerson(personId: string | null): Person | null {
  const { stores, needPeople } = useParley();
  const person = useStore(stores.people, (state) => (personId ? (state.people.get(personId) ?? null) : null));
  const unknown = personId !== null && person === null;
  useEffect(() => {
    if (unknown) needPeople([personId]);
  }, [needPeople, personId, unknown]);
  return person;
}
