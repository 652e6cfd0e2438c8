// What must hold about who receives what of a room: after leaving and returning, and when its access changes.
import { type Check, type Stay, stays, type Truth } from "./truth";

/** What the notices of a room's log say about it, up to and including a place. */
function atPlace(truth: Truth, roomId: string, place: number) {
  const log = truth.logs.get(roomId) ?? [];
  // Before the first notice, the room was as the notice says, or it is so still.
  const first = log.find(({ notice }) => notice?.type === "access")?.notice?.from;
  const state = { access: first ?? truth.rooms.get(roomId)?.access ?? "private", history: "everything", floor: 0 };
  for (const { notice, seq } of log) {
    if (seq > place) break;
    if (notice?.type === "history") state.history = notice.history ?? "";
    if (notice?.type !== "access") continue;
    state.access = notice.access ?? "";
    if (notice.from === "private") state.floor = seq - 1;
  }
  return state;
}

/** Who could find a room at a place of its log. */
const accessAt = (truth: Truth, roomId: string, place: number): string => atPlace(truth, roomId, place).access;

/** The place up to which somebody could see nothing of a room at another place of its log. */
function floorAt(truth: Truth, roomId: string, personId: string, place: number): number {
  const stay = stays(truth, roomId, personId).find(({ from, to }) => from <= place && place <= to);
  if (stay?.from === 0) return 0;
  const { history, floor } = atPlace(truth, roomId, stay ? stay.from : place);
  if (history === "everything") return floor;
  return stay ? stay.from - 1 : place;
}

/**
 * A person receives parts of a room's log only up to places where they were a member. Somebody who has come back may also receive
 * what they missed, down to their new floor.
 */
const nothingAfterRemoval: Check = ({ journal }, truth) => {
  const storedAt = (roomId: string, place: number) =>
    truth.logs.get(roomId)?.find(({ seq }) => seq === place)?.committedAt ?? Number.POSITIVE_INFINITY;
  const spans = new Map<string, ReturnType<typeof stays>>();
  for (const { personId, tab, number, received } of journal.connections) {
    for (const { roomId, to, rows, reactedTo, event, clock } of received) {
      if (roomId === null || !truth.rooms.has(roomId)) continue;
      // A room that is open at that place can be previewed before joining.
      if (event === "page" && accessAt(truth, roomId, to) !== "private") continue;
      const key = `${roomId} ${personId}`;
      const all = spans.get(key) ?? stays(truth, roomId, personId);
      spans.set(key, all);
      if (all.some((span) => span.from <= to && to <= span.to)) continue;
      const mayReceiveNow = ({ from }: Stay) => {
        // One millisecond of tolerance, because the clock is read in whole milliseconds.
        if (from <= to || storedAt(roomId, from) > clock + 1) return false;
        const floor = floorAt(truth, roomId, personId, from);
        return [...rows.map(({ seq }) => seq), ...reactedTo].every((seq) => seq > floor);
      };
      if (all.some(mayReceiveNow)) continue;
      journal.violation(
        "I8",
        `${tab} received ${roomId} up to ${to} (${event} on socket ${number}) without being a member there.`,
        JSON.stringify({ all, rows }),
      );
    }
  }
};

/** Nobody receives a message from below their floor, in whatever it arrives. */
const nothingBelowTheFloor: Check = ({ journal }, truth) => {
  const floors = new Map<string, number>();
  for (const { personId, tab, number, received } of journal.connections) {
    for (const { roomId, to, rows, reactedTo, event } of received) {
      const places = [...rows.map(({ seq }) => seq), ...reactedTo];
      if (roomId === null || places.length === 0 || !truth.rooms.has(roomId)) continue;
      const key = `${roomId} ${personId} ${to}`;
      const floor = floors.get(key) ?? floorAt(truth, roomId, personId, to);
      floors.set(key, floor);
      const below = places.find((seq) => seq <= floor);
      if (below !== undefined)
        journal.violation(
          "I21",
          `${tab} received place ${below} of ${roomId} (${event} up to ${to} on ${number}), below the floor ${floor}.`,
          JSON.stringify({ rows, reactedTo }),
        );
    }
  }
};

/** Nobody is in a restricted room through a group or a role that they have lost. Roles that change elsewhere do not end it. */
const nothingThroughALostGroup: Check = ({ journal }, truth) => {
  const hadOtherRole = new Set(journal.roleChanges.map(({ personId }) => personId));
  for (const { roomId, personId } of truth.closedMemberships) {
    if (hadOtherRole.has(personId)) continue;
    journal.violation("I22", `${personId} is still in ${roomId}, through a group that they are no longer in.`);
  }
};

/** A set of people has one direct room at most, and its members are exactly these people. */
const conversationsAreOnePerSet: Check = ({ journal }, truth) => {
  const seen = new Map<string, string>();
  for (const { id, directIds } of truth.rooms.values()) {
    if (directIds.length === 0) continue;
    const wanted = directIds.toSorted().join();
    const members = truth.members.filter(({ roomId }) => roomId === id).map(({ personId }) => personId);
    if (members.toSorted().join() !== wanted)
      journal.violation("I25", `The conversation ${id} of ${wanted} has the members ${members.join()}.`);
    if (seen.has(wanted))
      journal.violation("I25", `${seen.get(wanted)} and ${id} are conversations of the same people.`);
    seen.set(wanted, id);
  }
};

export const roomInvariants: readonly Check[] = [
  nothingAfterRemoval,
  nothingBelowTheFloor,
  nothingThroughALostGroup,
  conversationsAreOnePerSet,
];
