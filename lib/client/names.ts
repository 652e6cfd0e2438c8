import { fold } from "@/lib/contract/find";
import { limits } from "@/lib/contract/limits";
import type { NamedPerson, Person } from "@/lib/contract/person";
import type { Call } from "./http";
import { mayHaveMissedPeople } from "./people";
import type { ListsStore } from "./stores/lists";
import { createNamesStore, type KnownGroup, type KnownPerson, noNames } from "./stores/names";
import type { PeopleStore } from "./stores/people";
import type { RoomsStore } from "./stores/rooms";

/** Of a larger organization, the rest is found by the server. Also the most that is loaded of one room. */
const maxPeople = 20_000;
const maxGroups = 500;
/** Rooms whose people are kept. */
const maxRooms = 20;

export interface NamesOptions {
  stores: { people: PeopleStore; rooms: RoomsStore; lists: ListsStore };
  call: Call;
}

/**
 * The names and handles of the people and groups of the organization, for finders that answer at every key. They are loaded when they are
 * first needed. From then on, what changes comes with the organization's log, through the store of people.
 */
export function createNames({ stores, call }: NamesOptions) {
  const store = createNamesStore();
  let arePeopleStale = true;
  /** Null while the groups may have changed since they were loaded. */
  let groupsLoading: Promise<void> | null = null;
  let loading: Promise<void> | null = null;
  /** Who was heard of since loading began. A page that was read before may lack them. */
  let heardOf = new Set<string>();
  /** The rooms whose people are being loaded. */
  const loadingRooms = new Map<string, { changedSeq: number; done: Promise<void> }>();

  /** Applies rows, and removes who can no longer sign in. Nothing is told if only something else has changed, such as a status. */
  function apply(received: readonly NamedPerson[], goneIds: readonly string[] = []): void {
    const loaded = stores.people.getState().people;
    const before = store.getState().people;
    const people = new Map(before);
    let isChanged = false;
    for (const row of received) {
      const newer = loaded.get(row.id);
      if (newer?.deactivatedAt && newer.tick > row.tick) continue;
      const newest = newer && newer.tick > row.tick ? newer : row;
      const known = people.get(row.id);
      if (known && (known.tick > newest.tick || isSame(known, newest))) continue;
      people.set(row.id, toKnown(newest));
      isChanged = true;
    }
    for (const id of goneIds) isChanged = people.delete(id) || isChanged;
    if (isChanged) store.setState({ people });
  }

  function hear(changed: readonly Person[]): void {
    for (const { id } of changed) heardOf.add(id);
    const gone = changed.filter(({ deactivatedAt }) => deactivatedAt);
    apply(
      changed.filter(({ deactivatedAt }) => !deactivatedAt),
      gone.map(({ id }) => id),
    );
  }

  /** Reads all pages. Resolves to whether there were no more. */
  async function readPages(
    input: { roomId?: string },
    onPage: (people: readonly NamedPerson[]) => void,
  ): Promise<boolean> {
    let after: string | undefined;
    for (let count = 0; count < maxPeople; count += limits.names) {
      const { people, next } = await call("person.names", { ...input, after });
      onPage(people);
      if (next === null) return true;
      after = next;
    }
    return false;
  }

  async function loadPeople(): Promise<void> {
    arePeopleStale = false;
    heardOf = new Set();
    const listed = new Set<string>();
    try {
      const isComplete = await readPages({}, (people) => {
        for (const { id } of people) listed.add(id);
        apply(people);
      });
      // A guest may no longer see some of the others.
      const people = [...store.getState().people].filter(([id]) => listed.has(id) || heardOf.has(id));
      store.setState({ people: new Map(people), isComplete });
    } catch (error) {
      arePeopleStale = true;
      throw error;
    }
  }

  async function readGroups(): Promise<KnownGroup[]> {
    const groups: KnownGroup[] = [];
    for (let after: string | undefined; groups.length < maxGroups; ) {
      const page = await call("group.list", { after, limit: 100 });
      groups.push(...page.groups.map((group) => ({ ...group, texts: textsOf(group) })));
      if (page.next === null) break;
      after = page.next;
    }
    return groups;
  }

  function loadGroups(): Promise<void> {
    if (groupsLoading) return groupsLoading;
    const isNewest = () => groupsLoading === null || groupsLoading === reading;
    const reading = readGroups().then(
      (groups) => {
        if (isNewest()) store.setState({ groups });
      },
      (error: unknown) => {
        if (isNewest()) groupsLoading = null;
        throw error;
      },
    );
    groupsLoading = reading;
    return reading;
  }

  // Who wrote lately is loaded already, and can be offered before anything is read.
  hear([...stores.people.getState().people.values()]);
  stores.people.subscribe(({ people }, previous) =>
    hear([...people.values()].filter((person) => previous.people.get(person.id) !== person)),
  );
  stores.rooms.subscribe((state, previous) => {
    if (state.epoch !== previous.epoch) {
      // The database was restored from a backup, and the ticks began again.
      store.setState(noNames);
      [arePeopleStale, groupsLoading] = [true, null];
    } else if (mayHaveMissedPeople(state, previous)) arePeopleStale = true;
  });
  stores.lists.subscribe(() => {
    groupsLoading = null;
  });

  async function loadStale(): Promise<void> {
    if (arePeopleStale) await loadPeople();
    await loadGroups();
  }

  async function readRoom(roomId: string, changedSeq: number): Promise<void> {
    const ids = new Set<string>();
    await readPages({ roomId }, (people) => {
      for (const { id } of people) [ids, heardOf].forEach((set) => set.add(id));
      apply(people);
    });
    const others = [...store.getState().rooms].filter(([id]) => id !== roomId).slice(1 - maxRooms);
    store.setState({ rooms: new Map([...others, [roomId, { changedSeq, ids }]]) });
  }

  return {
    store,
    /** Loads what is missing or may have changed. Rejects if that fails; the next call tries again. */
    load(): Promise<void> {
      loading ??= loadStale().finally(() => {
        loading = null;
      });
      return loading;
    },
    /** Loads the groups alone, if they are missing or may have changed. */
    loadGroups,
    /** Loads the people of a room, unless they are known as of this `changedSeq`. */
    async loadRoom(roomId: string, changedSeq: number): Promise<void> {
      if ((store.getState().rooms.get(roomId)?.changedSeq ?? -1) >= changedSeq) return;
      const running = loadingRooms.get(roomId);
      if (running && running.changedSeq >= changedSeq) return running.done;
      const entry = { changedSeq, done: readRoom(roomId, changedSeq) };
      loadingRooms.set(roomId, entry);
      try {
        await entry.done;
      } finally {
        if (loadingRooms.get(roomId) === entry) loadingRooms.delete(roomId);
      }
    },
  };
}
export type Names = ReturnType<typeof createNames>;

const textsOf = ({ name, handle }: { name: string; handle: string }) => [fold(name), fold(handle)] as const;

const isSame = (a: NamedPerson, b: NamedPerson) => a.name === b.name && a.handle === b.handle && a.role === b.role;

const toKnown = ({ id, name, handle, role, tick }: NamedPerson): KnownPerson => ({
  id,
  name,
  handle,
  role,
  tick,
  texts: textsOf({ name, handle }),
});
