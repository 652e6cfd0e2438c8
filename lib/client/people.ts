import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import type { Call } from "./http";
import type { PeopleStore } from "./stores/people";
import type { RoomsState } from "./stores/rooms";

/** People who are needed within this time are fetched in one batch. */
const batchMs = 20;
/** How long until a person who was not found is requested again. */
const retryNotFoundMs = 60_000;

/** The ids of the people whose names these messages show. */
export function peopleIn(messages: readonly Message[]): string[] {
  return messages.flatMap(({ authorId, notice }) => [
    ...(authorId ? [authorId] : []),
    ...(notice && "personIds" in notice ? notice.personIds : []),
  ]);
}

/** Puts people into the store, and fetches missing people in batches. */
export function createPeople({ store, call, now = Date.now }: { store: PeopleStore; call: Call; now?: () => number }) {
  /** When each person was last requested. */
  const requestedAt = new Map<string, number>();
  let batchIds: Set<string> | null = null;
  /** The ids of people whose changes this client may have missed. */
  const staleIds = new Set<string>();

  /** Stores each person, unless the store has a newer state: an answer can arrive after a newer frame. */
  function put(people: readonly Person[]): void {
    const current = store.getState().people;
    const changed = people.filter((person) => {
      const known = current.get(person.id);
      return !known || (known.tick <= person.tick && !isSame(known, person));
    });
    if (changed.length === 0) return;
    const next = new Map(current);
    for (const person of changed) next.set(person.id, person);
    store.setState({ people: next });
  }
  function loadMissing(ids: readonly string[]): void {
    const { people } = store.getState();
    for (const id of ids) {
      if (people.has(id) || now() - (requestedAt.get(id) ?? Number.NEGATIVE_INFINITY) < retryNotFoundMs) continue;
      requestedAt.set(id, now());
      if (!batchIds) setTimeout(() => void fetchBatch(), batchMs);
      batchIds ??= new Set();
      batchIds.add(id);
    }
  }
  async function fetchBatch(): Promise<void> {
    const ids = [...(batchIds ?? [])];
    batchIds = null;
    await fetchAll(ids).catch(() => {
      for (const id of ids) requestedAt.delete(id);
    });
  }
  async function fetchAll(ids: string[], onFetched?: (batch: string[]) => void): Promise<void> {
    for (let at = 0; at < ids.length; at += limits.people) {
      const batch = ids.slice(at, at + limits.people);
      await call("person.list", { ids: batch, limit: batch.length });
      onFetched?.(batch);
    }
  }

  /** Fetches everybody in the store again. `call` stores the answers. Call `retryReload` later to retry failed requests. */
  function reloadAll(): void {
    for (const id of store.getState().people.keys()) staleIds.add(id);
    retryReload();
  }
  function retryReload(): void {
    if (staleIds.size > 0)
      fetchAll([...staleIds], (batch) => batch.forEach((id) => staleIds.delete(id))).catch(() => {});
  }

  return {
    put,
    loadMissing,
    reloadAll,
    retryReload,
  };
}

function isSame(a: Person, b: Person): boolean {
  return (Object.keys(b) as (keyof Person)[]).every((key) => a[key] === b[key]);
}

/**
 * Whether a guest may see more people than before. A guest receives changes only of people they share a room with. The store may
 * have a stale state of the others.
 */
export function seesMorePeople({ me, rooms }: RoomsState, previous: RoomsState): boolean {
  if (previous.me.role !== "guest") return false;
  return me.role !== "guest" || (rooms !== previous.rooms && [...rooms.keys()].some((id) => !previous.rooms.has(id)));
}
