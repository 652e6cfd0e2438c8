import type { PresenceState } from "@/lib/contract/presence";
import { organizationKey, type ParleySocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { log } from "./log";
import { once } from "./once";

/** Which of these people share a room with this guest. */
export type FindSharing = (guestId: string, personIds: string[]) => Promise<Set<string>>;
/** What became of people; null is offline. */
export type People = Record<string, PresenceState | null>;

/** What changes at once is told at once: an organization is told at most so often, the larger the seldomer. */
const pauseMs = (sockets: number) => Math.min(1_000, Math.max(50, sockets));
/** For what belongs together to come together. */
const gatherMs = 5;

/** What an organization is to be told next. */
export interface News<Person> {
  changed: Map<string, Person>;
  /** Sockets that have not been told of anybody yet. */
  newcomers: Set<ParleySocket>;
}
interface Waiting extends News<unknown> {
  toldAt: number;
  timer: NodeJS.Timeout | null;
}

const all = () => once("presence-news", () => new Map<string, Waiting>());
/** Whom a guest was told of: they learn that those are gone, too. */
const toldGuests = () => once("presence-guests", () => new WeakMap<ParleySocket, Set<string>>());

/** What is to be told to an organization; `tell` is called with all of it, soon. */
export function newsOf<Person>(
  organizationId: string,
  tell: (organizationId: string, news: News<Person>) => void,
): News<Person> {
  const found = all().get(organizationId) ?? { changed: new Map(), newcomers: new Set(), toldAt: 0, timer: null };
  all().set(organizationId, found);
  const dueMs = found.toldAt + pauseMs(socketsOf(organizationKey(organizationId)).size) - Date.now();
  found.timer ??= setTimeout(
    () => {
      const { changed, newcomers } = found;
      Object.assign(found, { changed: new Map(), newcomers: new Set(), toldAt: Date.now(), timer: null });
      if (socketsOf(organizationKey(organizationId)).size === 0) all().delete(organizationId);
      tell(organizationId, { changed, newcomers } as News<Person>);
    },
    Math.max(gatherMs, dueMs),
  ).unref();
  return found as News<Person>;
}

/** Tells the sockets of this process: newcomers of everybody who is here, the others of what changed. */
export function tellPresence(
  organizationId: string,
  changed: People,
  here: () => People,
  newcomers: ReadonlySet<ParleySocket>,
  findSharing: FindSharing,
): void {
  const members: [ParleySocket[], ParleySocket[]] = [[], []];
  const guests: [ParleySocket[], ParleySocket[]] = [[], []];
  for (const socket of socketsOf(organizationKey(organizationId))) {
    const which = socket.data.actor.role === "guest" ? guests : members;
    which[newcomers.has(socket) ? 0 : 1].push(socket);
  }
  const everybody = newcomers.size > 0 ? here() : {};
  if (members[0].length > 0) broadcast(members[0], "presence", { full: true, people: everybody });
  const isNews = Object.keys(changed).length > 0;
  if (isNews && members[1].length > 0) broadcast(members[1], "presence", { full: false, people: changed });
  const tellGuest = (guest: ParleySocket, full: boolean, people: People) => {
    guestMayKnow(guest, people, findSharing)
      .then((known) => {
        if (full || Object.keys(known).length > 0) broadcast([guest], "presence", { full, people: known });
      })
      .catch((error) => log().error({ err: String(error) }, "guest not told who is here"));
  };
  for (const guest of guests[0]) tellGuest(guest, true, everybody);
  if (isNews) for (const guest of guests[1]) tellGuest(guest, false, changed);
}

/** A guest knows only of people they share a room with, and that those they were told of are gone. */
async function guestMayKnow(guest: ParleySocket, people: People, findSharing: FindSharing): Promise<People> {
  const { personId } = guest.data.actor;
  const told = toldGuests().get(guest) ?? new Set();
  toldGuests().set(guest, told);
  const here = Object.keys(people).filter((id) => people[id] !== null);
  const sharing = await findSharing(personId, here);
  const known: People = {};
  for (const [id, state] of Object.entries(people)) {
    if (state === null ? !told.delete(id) : id !== personId && !sharing.has(id)) continue;
    if (state !== null) told.add(id);
    known[id] = state;
  }
  return known;
}
