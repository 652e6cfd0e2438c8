// People who connect to Parley as browsers do, with all their rooms, and catch up.
import { connect } from "../parley/connection.mjs";
import { severally } from "./crowd.mjs";

/**
 * People as { url, cookie, epoch, clocks }, `clocks` being what they know of each of their rooms. They connect, so many at
 * a time, until all have or `withinMs` have passed; after `ready` each asks one sync, as every client does. `expected`
 * is how many messages each is to catch up. Resolves to { connected, ms, faults }.
 */
export function makeVisitors() {
  const connections = new Set();
  const lost = [];
  return {
    async arrive({ people, atOnce, withinMs, expected }) {
      const began = performance.now();
      const faults = [];
      let connected = 0;
      await severally(people, atOnce, async (person) => {
        if (performance.now() - began > withinMs) return;
        try {
          const connection = await connect(person, { event() {}, lost: (why) => lost.push(why) });
          connections.add(connection);
          const { clocks, epoch } = person;
          const { rooms } = await connection.ask("sync", { rooms: clocks, me: 0, epoch });
          faults.push(...wrong(rooms, clocks, expected));
          connected++;
        } catch (error) {
          faults.push(`Somebody could not connect: ${error.message}`);
        }
      });
      return { connected, ms: performance.now() - began, faults: faults.slice(0, 10), failed: faults.length };
    },
    /** Everybody's network goes. Returns why connections were lost before. */
    leave() {
      for (const connection of connections) connection.close();
      connections.clear();
      return lost.splice(0);
    },
  };
}

/** What is wrong with what somebody was told: everything since their clocks, once and in order, and so many messages. */
function wrong(rooms, clocks, expected) {
  const faults = [];
  let messages = 0;
  for (const [roomId, told] of Object.entries(rooms)) {
    if (told.kind !== "delta") {
      faults.push(`A room was caught up as ${told.kind}.`);
      continue;
    }
    if (told.from !== clocks[roomId]) faults.push(`Told from ${told.from}, asked from ${clocks[roomId]}.`);
    const places = told.rows.map((row) => row.seq);
    const gap = places.findIndex((place, at) => place !== told.from + at + 1);
    if (gap >= 0 || places.length !== told.to - told.from) faults.push(`A room's changes came with a gap at ${gap}.`);
    messages += places.length;
  }
  if (messages !== expected) faults.push(`${messages} messages were caught up instead of ${expected}.`);
  return faults;
}
