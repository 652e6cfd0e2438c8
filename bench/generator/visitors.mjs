// People who connect to Parley as browsers do, with all their rooms, and catch up.
import { connect } from "../parley/connection.mjs";
import { severally } from "./crowd.mjs";
import { pause } from "./load.mjs";

const AGAIN_WITHIN_MS = 1_000;

/**
 * People as { url, cookie, epoch, clocks }, `clocks` being what they know of each of their rooms. `arrive` connects them,
 * so many at a time, until all are there or `withinMs` have passed; after `ready` each asks one sync, as every client does,
 * and whoever is cut off comes again. `expected` is how many messages each is to catch up.
 */
export function makeVisitors() {
  const here = new Map();
  let cuts = [];
  let visit = 0;

  /** Connects somebody. Resolves to what is wrong with what they were told. */
  async function enter(person, expected, isOver) {
    const lost = (why) => {
      cuts.push(why);
      here.delete(person);
    };
    const connection = await connect(person, { event() {}, lost });
    here.set(person, connection);
    if (isOver()) connection.close();
    const { rooms } = await connection.ask("sync", { rooms: person.clocks, me: 0, epoch: person.epoch });
    return wrong(rooms, person.clocks, expected);
  }

  return {
    /** Resolves to how many are there, after how many ms, how often somebody was cut off, and what was wrong. */
    async arrive({ people, atOnce, withinMs, expected }) {
      const began = performance.now();
      const mine = ++visit;
      const isOver = () => mine !== visit || performance.now() - began > withinMs;
      const faults = [];
      let done = 0;
      cuts = [];
      const all = severally(people, atOnce, async (person) => {
        while (!isOver()) {
          try {
            faults.push(...(await enter(person, expected, isOver)));
            done++;
            return;
          } catch {
            await pause(Math.random() * AGAIN_WITHIN_MS);
          }
        }
      });
      await Promise.race([all, pause(withinMs)]);
      return { connected: done, ms: performance.now() - began, cuts: count(cuts), faults: faults.slice(0, 10) };
    },
    /** Everybody's network goes, also of those who are still on their way. Returns how many had been cut off meanwhile. */
    leave() {
      visit++;
      const found = count(cuts);
      for (const connection of here.values()) connection.close();
      here.clear();
      return found;
    },
  };
}

/** How many, and the first of them. */
const count = (whys) => ({ times: whys.length, first: whys[0] ?? "" });

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
