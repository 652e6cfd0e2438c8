// Records what was sent, acknowledged and received by every member. Checks that each member received each message exactly once
// and in the same order, and returns a sentence for each violation. Fast enough for a million deliveries a second.
import { makeHistogram } from "../figures.mjs";

const MAX_FAULTS = 10;

/**
 * A room's log as its members receive it. Places count from 0, when the first member connects. In a system without a clock of
 * its own, a message's place is the order in which a member receives it.
 */
export const makeRoom = (id) => ({ id, log: [], end: 0, checked: 0, recent: [], members: [] });

/**
 * Somebody in a room. `at` is the place up to which they have received everything. `own` is called when they receive a message
 * of their own, `acknowledged` with the ms from sending it to its acknowledgement.
 */
export const makeMember = (room, details) => {
  const member = { ...details, room, at: 0, own: null, acknowledged: null };
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
    if (faults.length < MAX_FAULTS) faults.push(sentence);
  }

  /** Records a frame's content, once for all members who get the same bytes. `placed` is [{ place, id }] within [at, end). */
  function batch(room, at, end, placed) {
    let last = at - 1;
    const entries = placed.map(({ place, id }) => {
      const entry = sent.get(id) ?? { id, sender: null, sentAt: performance.now() };
      if (!entry.sender) fault(`A message arrived that nobody sent: ${id}.`);
      if (place <= last || place >= end) fault(`Places are out of order: ${place} in [${at}, ${end}) after ${last}.`);
      if (room.log[place] !== undefined && room.log[place] !== id) {
        fault(`Two members received different messages at place ${place}: ${room.log[place]} and ${id}.`);
      }
      room.log[place] = id;
      last = place;
      return entry;
    });
    if (end > room.end) room.end = end;
    return { at, end, entries };
  }

  /** Records that a member received a batch. */
  function receive(member, { at, end, entries }) {
    if (member.at !== at) fault(`A member at place ${member.at} received a batch that begins at ${at}.`);
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
    receive,
    /** Records that `sender` sends this message now. */
    sends(id, sender, sentAt = performance.now()) {
      sent.set(id, { id, sender, sentAt, acknowledged: false, returned: false });
    },
    /** Records the acknowledgement of a message. */
    acknowledged(id) {
      const entry = sent.get(id);
      if (!entry) return fault(`An acknowledgement arrived for a message that nobody sent: ${id}.`);
      if (entry.acknowledged) fault(`A message was acknowledged twice: ${id}.`);
      entry.acknowledged = true;
      counts.messages++;
      entry.sender.acknowledged?.(performance.now() - entry.sentAt);
    },
    /** Whether nothing is in flight: everything is acknowledged and received by everybody. */
    isQuiet: (rooms) =>
      [...sent.values()].every((entry) => entry.acknowledged && entry.returned) &&
      rooms.every((room) => room.members.every((member) => member.at === room.end)),
    /**
     * Compares what was received with what is stored, then clears the record. `stored` maps a room's id to its [{ place, id }]
     * since the last check. Returns all faults since the last check.
     */
    check(rooms, stored) {
      for (const room of rooms) {
        const behind = room.members.filter((member) => member.at !== room.end).length;
        if (behind > 0) fault(`${behind} members of a room have not received all of it.`);
        const rows = stored.get(room.id) ?? [];
        for (const { place, id } of rows) {
          if (room.log[place] !== id) fault(`Place ${place} holds ${id}, but members received ${room.log[place]}.`);
          const entry = sent.get(id);
          if (entry) entry.stored = true;
        }
        const received = room.log.slice(room.checked).filter((id) => id !== undefined).length;
        if (received !== rows.length) fault(`${received} messages were received in a room, ${rows.length} are stored.`);
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
