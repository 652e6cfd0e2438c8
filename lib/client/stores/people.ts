import { createStore } from "zustand/vanilla";
import type { Person } from "@/lib/contract/person";

export type PeopleState = { people: ReadonlyMap<string, Person> };

export const createPeopleStore = (people: Person[]) =>
  createStore<PeopleState>(() => ({ people: new Map(people.map((person) => [person.id, person])) }));
export type PeopleStore = ReturnType<typeof createPeopleStore>;
