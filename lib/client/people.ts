import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import { backOff } from "./back-off";
import { toCallError } from "./call-error";
import type { Call } from "./http";
import type { PeopleStore } from "./stores/people";

/** People who are needed within this time are fetched in one batch. */
const batchMs = 20;
/** The same for people who may have changed. It also limits how often they are fetched again. */
const reloadMs = 1_000;
/** How long until a person who was not found is requested again. */
const retryNotFoundMs = 60_000;

interface Seen {
  me: Pick<Person, "role">;
  rooms: ReadonlyMap<string, { room: Pick<Room, "changedSeq"> }>;
}

/** The ids of the people whose names these messages show. */
export function peopleIn(messages: readonly Message[]): string[] {
  return messages.flatMap(({ authorId, notice }) => [
    ...(authorId ? [authorId] : []),
    ...(notice && "personIds" in notice ? notice.personIds : []),
  ]);
}

/** Puts people into the store, and fetches missing people in batches. */
export function createPeople({ store, call }: { store: PeopleStore; call: Call }) {
  /** When each missing person was last requested. */
  const requestedAt = new Map<string, number>();
  /** The ids of the people to fetch. */
  const wantedIds = new Set<string>();
  const delay = backOff({ firstMs: 1_000, maxMs: 15_000 });
  let isFetching = false;
  let next: { at: number; timer: ReturnType<typeof setTimeout> } | undefined;

  /** Stores each person, unless the store has a newer state: an answer can arrive after a newer frame. */
  function put(people: readonly Person[]): void {
    const current = store.getState().people;
    const changed = people.filter((person) => {
      const known = current.get(person.id);
      return !known || (known.tick <= person.tick && !isSame(known, person));
    });
    if (changed.length === 0) return;
    const updated = new Map(current);
    for (const person of changed) updated.set(person.id, person);
    store.setState({ people: updated });
  }
  function loadMissing(ids: readonly string[]): void {
    const { people } = store.getState();
    const now = performance.now();
    for (const id of ids) {
      if (people.has(id) || now - (requestedAt.get(id) ?? Number.NEGATIVE_INFINITY) < retryNotFoundMs) continue;
      requestedAt.set(id, now);
      wantedIds.add(id);
      fetchWithin(batchMs);
    }
  }
  /** Fetches everybody in the store again, because changes of them may have been missed. */
  function reloadAll(): void {
    for (const id of store.getState().people.keys()) wantedIds.add(id);
    fetchWithin(reloadMs);
  }
  function fetchWithin(ms: number): void {
    const at = performance.now() + ms;
    if (isFetching || wantedIds.size === 0 || (next && next.at <= at)) return;
    clearTimeout(next?.timer);
    next = { at, timer: setTimeout(() => void fetchWanted(), ms) };
  }
  /** `call` stores the answers. */
  async function fetchWanted(): Promise<void> {
    next = undefined;
    isFetching = true;
    let waitMs = reloadMs;
    // Those that are wanted meanwhile wait for the next time.
    const ids = [...wantedIds];
    while (ids.length > 0) {
      const batch = ids.splice(0, limits.people);
      for (const id of batch) wantedIds.delete(id);
      try {
        await call("person.list", { ids: batch, limit: batch.length });
        delay.reset();
      } catch (error) {
        for (const id of batch) wantedIds.add(id);
        waitMs = toCallError(error).retryAfterMs ?? delay.next();
        break;
      }
    }
    isFetching = false;
    fetchWithin(waitMs);
  }

  return {
    put,
    loadMissing,
    reloadAll,
    /** Call when the database was restored from a backup: the ticks began again, and some people may not exist. */
    clear(): void {
      requestedAt.clear();
      wantedIds.clear();
      store.setState({ people: new Map() });
    },
    /** Retries a failed request at once. Call after connecting. */
    retryNow: () => fetchWithin(0),
    stop: () => clearTimeout(next?.timer),
  };
}

/**
 * Whether I may see people now whose changes I did not receive. A guest receives changes only of people they share a room with. They see
 * more people when they enter a room, or somebody else does. My role can also be older than my rooms: they arrive independently.
 */
export function mayHaveMissedPeople({ me, rooms }: Seen, previous: Seen): boolean {
  const isGuest = me.role === "guest";
  if (isGuest !== (previous.me.role === "guest")) return true;
  const changedSeqOf = (id: string) => previous.rooms.get(id)?.room.changedSeq ?? -1;
  return isGuest && rooms !== previous.rooms && [...rooms].some(([id, { room }]) => room.changedSeq > changedSeqOf(id));
}

function isSame(a: Person, b: Person): boolean {
  return (Object.keys(b) as (keyof Person)[]).every((key) => a[key] === b[key]);
}
