import type { PresenceState } from "@/lib/contract/presence";
import { organizationKey, type ServerSocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { log } from "./log";
import { once } from "./once";

/** Of these people, those who share a room with this guest. */
export type FindSharing = (guestId: string, personIds: string[]) => Promise<Set<string>>;
/** Each person's state; null is offline. */
export type PresenceStates = Record<string, PresenceState | null>;

/** The people whose presence a guest's socket was sent, so that it learns when they go, too. */
const sentToGuest = () => once("presence-guests", () => new WeakMap<ServerSocket, Set<string>>());

/** Sends to the organization's sockets of this process: newcomers receive everybody present, the others what changed. */
export function broadcastPresence(
  organizationId: string,
  changed: PresenceStates,
  everybodyPresent: () => PresenceStates,
  newcomers: ReadonlySet<ServerSocket>,
  findSharing: FindSharing,
): void {
  const members = { newcomers: [] as ServerSocket[], others: [] as ServerSocket[] };
  const guests = { newcomers: [] as ServerSocket[], others: [] as ServerSocket[] };
  for (const socket of socketsOf(organizationKey(organizationId))) {
    const group = socket.data.actor.role === "guest" ? guests : members;
    group[newcomers.has(socket) ? "newcomers" : "others"].push(socket);
  }
  const everybody = newcomers.size > 0 ? everybodyPresent() : {};
  if (members.newcomers.length > 0) broadcast(members.newcomers, "presence", { full: true, people: everybody });
  for (const guest of guests.newcomers) sendToGuest(guest, true, everybody, findSharing);
  if (Object.keys(changed).length === 0) return;
  if (members.others.length > 0) broadcast(members.others, "presence", { full: false, people: changed });
  for (const guest of guests.others) sendToGuest(guest, false, changed, findSharing);
}

function sendToGuest(guest: ServerSocket, full: boolean, states: PresenceStates, findSharing: FindSharing): void {
  visibleTo(guest, states, findSharing)
    .then((people) => {
      if (full || Object.keys(people).length > 0) broadcast([guest], "presence", { full, people });
    })
    .catch((error) => log().error({ err: String(error) }, "presence not sent to a guest"));
}

/** A guest sees people they share a room with, and learns that people they saw have gone offline. */
async function visibleTo(guest: ServerSocket, states: PresenceStates, findSharing: FindSharing) {
  const { personId } = guest.data.actor;
  const seen = sentToGuest().get(guest) ?? new Set();
  sentToGuest().set(guest, seen);
  const present = Object.keys(states).filter((id) => states[id] !== null);
  const sharing = await findSharing(personId, present);
  const visible: PresenceStates = {};
  for (const [id, state] of Object.entries(states)) {
    if (state === null ? !seen.delete(id) : id !== personId && !sharing.has(id)) continue;
    if (state !== null) seen.add(id);
    visible[id] = state;
  }
  return visible;
}
