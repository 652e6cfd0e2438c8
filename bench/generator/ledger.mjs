// What was sent, what was acknowledged, and what every member heard: exactly once and in one order, or a sentence that
// says what was not. Cheap enough to follow a million deliveries a second.
import { makeHistogram } from "../figures.mjs";

const FAULTS_TOLD = 10;

/**
 * A room's log as its members hear it. Places count from 0 at the moment the first member connects; where a system has
 * no clock of its own, the order in which a member hears is its place.
 */
export const makeRoom = (id) => ({ id, log: [], end: 0, checked: 0, recent: [], members: [] });

/**
 * Somebody in a room: `at` is the place up to which they have heard. `own` is called when a message of theirs came back,
 * `acknowledged` with the ms that it took to be stored.
 */
export const makeMember = (room, given) => {
  const member = { ...given, room, at: 0, own: null, acknowledged: null };
  room.members.push(member);
  return member;
};

export function makeLedger() {
  const sent = new Map();
  const faults = [];
  const delays = makeHistogram();
  const counts = { deliveries: 0, messages: 0, faults: 0 };

  function fault(sentence) {
    counts.faults++;
    if (faults.length < FAULTS_TOLD) faults.push(sentence);
  }

  /** What a frame tells, read once for all members who get the same bytes. `placed` is [{ place, id }] within [at, end). */
  function batch(room, at, end, placed) {
    let last = at - 1;
    const entries = placed.map(({ place, id }) => {
      const entry = sent.get(id) ?? { id, sender: null, sentAt: performance.now() };
      if (!entry.sender) fault(`A message came that nobody sent: ${id}.`);
      if (place <= last || place >= end) fault(`Places are out of order: ${place} in [${at}, ${end}) after ${last}.`);
      if (room.log[place] !== undefined && room.log[place] !== id) {
        fault(`Two members heard different messages at place ${place}: ${room.log[place]} and ${id}.`);
      }
      room.log[place] = id;
      last = place;
      return entry;
    });
    if (end > room.end) room.end = end;
    return { at, end, entries };
  }

  /** A member hears it. */
  function hear(member, { at, end, entries }) {
    if (member.at !== at) fault(`A member at place ${member.at} was told what begins at ${at}.`);
    member.at = end;
    const now = performance.now();
    counts.deliveries += entries.length;
    for (const entry of entries) {
      delays.add(now - entry.sentAt);
      if (entry.sender === member) {
        entry.returned = true;
        member.own?.(entry);
      }
    }
  }

  return {
    counts,
    delays,
    fault,
    batch,
    hear,
    wrote(id, sender, sentAt = performance.now()) {
      sent.set(id, { id, sender, sentAt, acknowledged: false, returned: false });
    },
    /** It was acknowledged as stored. */
    acknowledged(id) {
      const entry = sent.get(id);
      if (!entry) return fault(`An acknowledgement came for what nobody sent: ${id}.`);
      if (entry.acknowledged) fault(`A message was acknowledged twice: ${id}.`);
      entry.acknowledged = true;
      counts.messages++;
      entry.sender.acknowledged?.(performance.now() - entry.sentAt);
    },
    /** Whether nothing is under way: all is acknowledged and heard by everybody. */
    isQuiet: (rooms) =>
      [...sent.values()].every((entry) => entry.acknowledged && entry.returned) &&
      rooms.every((room) => room.members.every((member) => member.at === room.end)),
    /**
     * Compares what was heard with what is stored, `stored` being a room's [{ place, id }] since the last check, and
     * begins a new page. Returns what was found wrong since the last time.
     */
    check(rooms, stored) {
      for (const room of rooms) {
        const behind = room.members.filter((member) => member.at !== room.end).length;
        if (behind > 0) fault(`${behind} members of a room have not heard all of it.`);
        const rows = stored.get(room.id) ?? [];
        for (const { place, id } of rows) {
          if (room.log[place] !== id) fault(`Place ${place} holds ${id}, but members heard ${room.log[place]}.`);
          const entry = sent.get(id);
          if (entry) entry.stored = true;
        }
        const heard = room.log.slice(room.checked).filter((id) => id !== undefined).length;
        if (heard !== rows.length) fault(`${heard} messages were heard in a room, ${rows.length} are stored.`);
        room.checked = room.end;
      }
      for (const { id, acknowledged, stored: isStored } of sent.values()) {
        if (acknowledged && !isStored) fault(`An acknowledged message is not stored: ${id}.`);
      }
      sent.clear();
      counts.faults = 0;
      return faults.splice(0);
    },
  };
}
