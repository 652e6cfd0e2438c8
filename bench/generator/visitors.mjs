// People who connect to Parley as browsers do, with all their rooms, and catch up.
import { connect, read } from "../parley/connection.mjs";
import { severally } from "./crowd.mjs";
import { pause } from "./load.mjs";

const AGAIN_WITHIN_MS = 1_000;

/**
 * Plays people: { url, cookie, epoch, clocks }, with the clock they have for each of their rooms. `arrive` connects them, `atOnce`
 * at a time, until all are connected or `withinMs` have passed. After `ready` each sends one sync, as every client does. A person
 * who is disconnected reconnects. `expected` is the number of messages each has to catch up.
 */
export function makeVisitors() {
  const here = new Map();
  let cuts = [];
  let visit = 0;
  let onEvent = (_person, _name, _bytes) => {};

  /** Connects a person. Resolves to what is wrong with the answer to their sync. */
  async function enter(person, expected, isOver) {
    const lost = (why) => {
      cuts.push(why);
      here.delete(person);
    };
    const connection = await connect(person, { event: (name, bytes) => onEvent(person, name, bytes), lost });
    here.set(person, connection);
    if (isOver()) connection.close();
    const { rooms } = await connection.ask("sync", { rooms: person.clocks, me: 1, epoch: person.epoch });
    return wrong(rooms, person.clocks, expected);
  }

  return {
    /** Resolves to { connected, ms, cuts, faults }; `cuts` counts disconnections. */
    async arrive({ people, atOnce, withinMs, expected }) {
      const began = performance.now();
      const thisVisit = ++visit;
      const isOver = () => thisVisit !== visit || performance.now() - began > withinMs;
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
    /**
     * The first `changes` people become idle at once. Resolves when everybody has received all of these changes, or after
     * `withinMs`, to the highest number of presence events that one person got, and how many people did not receive all changes.
     */
    async changePresence({ changes, withinMs }) {
      const received = new Map([...here.keys()].map((person) => [person, { frames: 0, people: 0 }]));
      let missing = received.size;
      const began = performance.now();
      await new Promise((resolve) => {
        onEvent = (person, name, bytes) => {
          if (name !== "presence") return;
          const one = received.get(person);
          const hadAll = one.people >= changes;
          one.frames++;
          one.people += Object.keys(read(bytes).people).length;
          if (!hadAll && one.people >= changes && --missing === 0) resolve();
        };
        for (const connection of [...here.values()].slice(0, changes)) {
          void connection.ask("presence.update", { state: "idle" });
        }
        setTimeout(resolve, withinMs);
      });
      onEvent = () => {};
      return {
        frames: Math.max(...[...received.values()].map((one) => one.frames)),
        missing,
        ms: performance.now() - began,
      };
    },
    /** Disconnects everybody, including people who are still connecting. Returns the disconnections counted before. */
    leave() {
      visit++;
      const found = count(cuts);
      for (const connection of here.values()) connection.close();
      here.clear();
      return found;
    },
  };
}

/** The number of reasons, and the first of them. */
const count = (whys) => ({ times: whys.length, first: whys[0] ?? "" });

/** Checks a sync's answer: everything since these clocks, once and in order, and the expected number of messages. */
function wrong(rooms, clocks, expected) {
  const faults = [];
  let messages = 0;
  for (const [roomId, answer] of Object.entries(rooms)) {
    if (answer.kind !== "delta") {
      faults.push(`A room was caught up as ${answer.kind}.`);
      continue;
    }
    if (answer.from !== clocks[roomId]) faults.push(`Answered from ${answer.from}, asked from ${clocks[roomId]}.`);
    const places = answer.rows.map((row) => row.seq);
    const gap = places.findIndex((place, at) => place !== answer.from + at + 1);
    if (gap >= 0 || places.length !== answer.to - answer.from) faults.push(`A room's changes have a gap at ${gap}.`);
    messages += places.length;
  }
  if (messages !== expected) faults.push(`${messages} messages were caught up instead of ${expected}.`);
  return faults;
}
