// Two organizations in which the same happens, except that in one of them somebody is blocked. What the blocked person gets is
// compared.
import type { Answer } from "@/lib/contract/errors";
import type { Home } from "@/lib/contract/home";
import type { OperationName, Output } from "@/lib/contract/index";
import type { Heard, Listener } from "./listener";
import { data, type Login } from "./login";

/** What a person heard since `marks` was taken, with only the latest state of each thing. */
interface Told {
  rows: unknown[];
  rooms: unknown[];
  me: unknown[];
  people: unknown[];
  listsChanged: boolean;
  typing: unknown[];
}

type Marks = Record<keyof Heard, number>;

export const marksOf = (heard: Heard): Marks =>
  Object.fromEntries(Object.entries(heard).map(([kind, events]) => [kind, events.length])) as Marks;

/**
 * The events after `marks`. Several changes may arrive in one event or in several, so the events themselves are not compared, but
 * what they say.
 */
export function toldSince(heard: Heard, marks: Marks): Told {
  const since = <K extends keyof Heard>(kind: K) => heard[kind].slice(marks[kind]) as Heard[K];
  const frames = since("frames");
  const changes = since("me").flatMap((event) => event.changes);
  const nameOf = (change: (typeof changes)[number]) => {
    if (change.type === "entry") return `entry ${change.entry.room.id}`;
    if (change.type === "read") return `read ${change.membership.roomId}`;
    if (change.type === "draft") return `draft ${change.draft.threadId ?? change.draft.roomId}`;
    if (change.type === "gone") return `gone ${change.roomId}`;
    return change.type === "invite" ? `invite ${change.invite.id}` : change.type;
  };
  const organization = since("organization");
  return {
    rows: latest(frames.flatMap((frame) => frame.rows.map((row) => [`${row.id} ${row.changedSeq}`, row] as const))),
    rooms: latest(frames.flatMap(({ roomId, room }) => (room ? [[roomId, room] as const] : []))),
    me: latest(changes.map((change) => [nameOf(change), change] as const)),
    people: latest(organization.flatMap(({ people }) => people.map((person) => [person.id, person] as const))),
    listsChanged: organization.some(({ listsChanged }) => listsChanged),
    typing: since("typing"),
  };
}

/** The latest of each name, in the order of the names. */
const latest = (named: (readonly [string, unknown])[]): unknown[] =>
  [...new Map(named)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

/** Waits until a socket has heard everything up to what its person's home says now. `begun` is their home when it connected. */
export async function heardAll({ until }: Listener, login: Login, begun: Home): Promise<void> {
  const home = data(await login.rest("home.show", {}));
  const clocks = (heard: Heard): Map<string, number> => {
    const known = new Map(begun.rooms.map(({ room, clock }) => [room.id, clock]));
    const reach = (id: string, clock: number) => known.set(id, Math.max(known.get(id) ?? 0, clock));
    for (const { changes } of heard.me)
      for (const change of changes) if (change.type === "entry") reach(change.entry.room.id, change.entry.clock);
    for (const { roomId, to } of heard.frames) reach(roomId, to);
    return known;
  };
  await until("everything up to now", (heard) => {
    const known = clocks(heard);
    const me = Math.max(begun.clock, ...heard.me.map(({ to }) => to));
    const organization = Math.max(begun.organizationClock, ...heard.organization.map(({ to }) => to));
    return (
      me >= home.clock &&
      organization >= home.organizationClock &&
      home.rooms.every(({ room, clock }) => (known.get(room.id) ?? 0) >= clock)
    );
  });
}

/** Calls an operation, and returns its answer, whatever it is. */
export type Ask = <N extends OperationName>(name: N, input: object) => Promise<Answer<Output<N>>>;

const id = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** Puts keys, and lists of people, into one order: that of ids is the order of time, which is the same for twins. */
function sorted(key: string, inner: unknown): unknown {
  if (Array.isArray(inner)) {
    const idOf = (one: unknown) => (one as { id?: string }).id ?? "";
    return key === "people" ? inner.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) : inner;
  }
  if (typeof inner !== "object" || inner === null) return inner;
  return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A transcript as text that is the same for twins: ids become numbers in the order of their first occurrence, and times and what the
 * harness made at random are masked.
 */
export function transcriptOf(value: unknown): string {
  const numbers = new Map<string, string>();
  return JSON.stringify(value, sorted, 1)
    .replace(/"lastSeenAt": [^,\n]+/g, '"lastSeenAt": "seen"')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "time")
    .replace(id, (each) => {
      const number = numbers.get(each) ?? `id ${numbers.size + 1}`;
      numbers.set(each, number);
      return number;
    })
    .replace(/\b[0-9a-f]{12}\b/g, "random")
    .replace(/"handle": "h\d+"/g, '"handle": "random"');
}
