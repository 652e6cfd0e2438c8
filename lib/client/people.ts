import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import type { Call } from "./http";
import type { PeopleStore } from "./stores/people";

/** Long enough to gather everybody of one page of messages. */
const gatherMs = 20;
/** How long a person who was not found is not asked for again. */
const askAgainMs = 60_000;

/** Whose names a screen needs to show these messages. */
export function peopleIn(messages: readonly Message[]): string[] {
  return messages.flatMap(({ authorId, notice }) => [
    ...(authorId ? [authorId] : []),
    ...(notice && "personIds" in notice ? notice.personIds : []),
  ]);
}

/** Knows people by id, and fetches those it does not know, many at once. */
export function createPeople({ store, call, now = Date.now }: { store: PeopleStore; call: Call; now?: () => number }) {
  const asked = new Map<string, number>();
  let gathering: Set<string> | null = null;
  let generation = 0;

  function learn(people: readonly Person[]): void {
    const known = store.getState().people;
    const news = people.filter((person) => !same(known.get(person.id), person));
    if (news.length === 0) return;
    const next = new Map(known);
    for (const person of news) next.set(person.id, person);
    store.setState({ people: next });
  }
  function need(ids: readonly string[]): void {
    const known = store.getState().people;
    for (const id of ids) {
      if (known.has(id) || now() - (asked.get(id) ?? Number.NEGATIVE_INFINITY) < askAgainMs) continue;
      asked.set(id, now());
      if (!gathering) setTimeout(() => void fetchGathered(), gatherMs);
      gathering ??= new Set();
      gathering.add(id);
    }
  }
  async function fetchGathered(): Promise<void> {
    const ids = [...(gathering ?? [])];
    gathering = null;
    await fetchAll(ids).catch(() => {
      for (const id of ids) asked.delete(id);
    });
  }
  async function fetchAll(ids: string[], isWanted = () => true): Promise<void> {
    for (let at = 0; at < ids.length && isWanted(); at += limits.people) {
      const batch = ids.slice(at, at + limits.people);
      await call("person.list", { ids: batch, limit: batch.length });
    }
  }

  return {
    learn,
    need,
    /** After a while without events: asks anew about everybody, one batch after the other. */
    refresh(): void {
      const mine = ++generation;
      fetchAll([...store.getState().people.keys()], () => mine === generation).catch(() => {});
    },
  };
}

function same(a: Person | undefined, b: Person): boolean {
  return a !== undefined && (Object.keys(b) as (keyof Person)[]).every((key) => a[key] === b[key]);
}
