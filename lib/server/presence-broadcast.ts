import type { PresenceState } from "@/lib/contract/presence";
import { logKey, type ServerSocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { log } from "./log";
import { once } from "./once";

/** Finds out which of these people share a room with the guest. */
export type FindPeopleSharingRoom = (guestId: string, personIds: string[]) => Promise<Set<string>>;
/** Each person's state; null is offline. */
export type PresenceStates = Record<string, PresenceState | null>;

/** For each guest's socket, the ids of people whom it received as present. The socket must also receive when they go offline. */
const presentForGuests = () => once("presence-guests", () => new WeakMap<ServerSocket, Set<string>>());

/** Broadcasts presence to the organization's sockets on this process: the full list to newcomers, changes to the others. */
export function broadcastPresence(
  organizationId: string,
  changed: PresenceStates,
  readAllStates: () => PresenceStates,
  newcomers: ReadonlySet<ServerSocket>,
  findPeopleSharingRoom: FindPeopleSharingRoom,
): void {
  const members = { newcomers: [] as ServerSocket[], others: [] as ServerSocket[] };
  const guests = { newcomers: [] as ServerSocket[], others: [] as ServerSocket[] };
  for (const socket of socketsOf(logKey("organization", organizationId))) {
    const group = socket.data.actor.role === "guest" ? guests : members;
    group[newcomers.has(socket) ? "newcomers" : "others"].push(socket);
  }
  const allStates = newcomers.size > 0 ? readAllStates() : {};
  if (members.newcomers.length > 0) broadcast(members.newcomers, "presence", { full: true, people: allStates });
  for (const guest of guests.newcomers) sendToGuest(guest, true, allStates, findPeopleSharingRoom);
  if (Object.keys(changed).length === 0) return;
  if (members.others.length > 0) broadcast(members.others, "presence", { full: false, people: changed });
  for (const guest of guests.others) sendToGuest(guest, false, changed, findPeopleSharingRoom);
}

function sendToGuest(
  guest: ServerSocket,
  full: boolean,
  states: PresenceStates,
  findPeopleSharingRoom: FindPeopleSharingRoom,
): void {
  visibleTo(guest, states, findPeopleSharingRoom)
    .then((people) => {
      if (full || Object.keys(people).length > 0) broadcast([guest], "presence", { full, people });
    })
    .catch((error) => log().error({ err: String(error) }, "presence not sent to a guest"));
}

/**
 * The states that a guest may see: of people in the same rooms, and of people who have gone offline since they were sent as
 * present.
 */
async function visibleTo(guest: ServerSocket, states: PresenceStates, findPeopleSharingRoom: FindPeopleSharingRoom) {
  const { personId } = guest.data.actor;
  const sentAsPresent = presentForGuests().get(guest) ?? new Set();
  presentForGuests().set(guest, sentAsPresent);
  const presentIds = Object.keys(states).filter((id) => states[id] !== null);
  const idsInSameRooms = await findPeopleSharingRoom(personId, presentIds);
  const visible: PresenceStates = {};
  for (const [id, state] of Object.entries(states)) {
    const isVisible = state === null ? sentAsPresent.delete(id) : id === personId || idsInSameRooms.has(id);
    if (!isVisible) continue;
    if (state !== null) sentAsPresent.add(id);
    visible[id] = state;
  }
  return visible;
}
