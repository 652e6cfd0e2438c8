import { logKey, type ServerSocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { log } from "./log";
import { once } from "./once";
import { createPresenceOfGuest, type FindPeopleSharingRoom, type PresenceStates } from "./presence-of-guest";

const guests = () =>
  once("presence-guests", () => new WeakMap<ServerSocket, ReturnType<typeof createPresenceOfGuest>>());

interface Helpers {
  readAllStates: () => PresenceStates;
  findPeopleSharingRoom: FindPeopleSharingRoom;
  /** Sends the full list to this socket again, because it missed a part. */
  sendFullLater: (socket: ServerSocket) => void;
}

/** Broadcasts presence to the organization's sockets on this process: the full list to newcomers, changes to the others. */
export function broadcastPresence(
  organizationId: string,
  changed: PresenceStates,
  newcomers: ReadonlySet<ServerSocket>,
  helpers: Helpers,
): void {
  const allStates = newcomers.size > 0 ? helpers.readAllStates() : {};
  const hasChanges = Object.keys(changed).length > 0;
  const members = { newcomers: [] as ServerSocket[], others: [] as ServerSocket[] };
  for (const socket of socketsOf(logKey("organization", organizationId))) {
    const full = newcomers.has(socket);
    if (!full && !hasChanges) continue;
    if (socket.data.actor.role !== "guest") members[full ? "newcomers" : "others"].push(socket);
    else void ofGuest(socket, helpers)({ full, people: full ? allStates : changed });
  }
  broadcast(members.newcomers, "presence", { full: true, people: allStates });
  broadcast(members.others, "presence", { full: false, people: changed });
}

function ofGuest(socket: ServerSocket, { findPeopleSharingRoom, sendFullLater }: Helpers) {
  const known = guests().get(socket);
  if (known) return known;
  const guest = createPresenceOfGuest({
    personId: socket.data.actor.personId,
    findPeopleSharingRoom,
    // During the query, the person may have become a member, and then gets the full list.
    send: (event) => void (socket.data.actor.role === "guest" && broadcast([socket], "presence", event)),
    onFailure(error) {
      log().error({ err: String(error) }, "presence not sent to a guest");
      sendFullLater(socket);
    },
  });
  guests().set(socket, guest);
  return guest;
}
