// Members who write, as fast as the system lets them or at a pace of the clock, and what that cost.
import { uuidv7 } from "uuidv7";
import { processorTimes, processorUse } from "../processor.mjs";

const QUIET_WITHIN_MS = 15_000;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Each of these members writes again when their own copy came back. `watch` names the processes to look at. */
export async function closedLoop(ledger, rooms, senders, { warmMs, ms, watch }) {
  let running = true;
  const write = (member) => {
    if (!running) return;
    const id = uuidv7();
    ledger.wrote(id, member);
    member.connection.send(id);
  };
  for (const member of senders) {
    member.own = () => write(member);
    write(member);
  }
  await pause(warmMs);
  const measured = await measure(ledger, ms, watch);
  running = false;
  for (const member of senders) member.own = null;
  await quiet(ledger, rooms);
  return measured;
}

/** These members write in turn, `perSecond` together, whether or not the system keeps up; times count from when it was due. */
export async function openLoop(ledger, rooms, senders, { perSecond, warmMs, ms, watch }) {
  const began = performance.now();
  let written = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1_000);
    for (; written < due; written++) {
      const member = senders[written % senders.length];
      const id = uuidv7();
      ledger.wrote(id, member, began + ((written + 1) * 1_000) / perSecond);
      member.connection.send(id);
    }
  }, 1);
  await pause(warmMs);
  const measured = await measure(ledger, ms, watch);
  clearInterval(timer);
  await quiet(ledger, rooms);
  return measured;
}

/** One member writes, and writes again a while after it was acknowledged. Resolves to the ms that each took. */
export async function oneByOne(ledger, rooms, member, { times, pauseMs }) {
  const took = [];
  for (let time = 0; time < times; time++) {
    const id = uuidv7();
    ledger.wrote(id, member);
    const ms = await new Promise((resolve) => {
      member.acknowledged = resolve;
      member.connection.send(id);
    });
    took.push(ms);
    await pause(pauseMs);
  }
  await quiet(ledger, rooms);
  return took;
}

/**
 * Whether each of a few messages that one member writes reaches all others soon; for processes that may not know of each
 * other. Resolves to how many heard the one that reached fewest.
 */
export async function reaches(ledger, [room], { times, withinMs }) {
  let fewest = room.members.length;
  for (let time = 0; time < times; time++) {
    const id = uuidv7();
    ledger.wrote(id, room.members[0]);
    room.members[0].connection.send(id);
    const heard = () => room.members.filter(({ at }) => at > time).length;
    const end = performance.now() + withinMs;
    while (heard() < room.members.length && performance.now() < end) await pause(20);
    fewest = Math.min(fewest, heard());
  }
  return fewest;
}

async function measure({ counts, delays }, ms, watch) {
  const roots = { ...watch, generator: [process.pid] };
  delays.clear();
  const [began, at, before] = [performance.now(), { ...counts }, processorTimes(roots)];
  await pause(ms);
  const [ended, then, after] = [performance.now(), { ...counts }, processorTimes(roots)];
  const seconds = (ended - began) / 1_000;
  return {
    messagesPerSecond: (then.messages - at.messages) / seconds,
    deliveriesPerSecond: (then.deliveries - at.deliveries) / seconds,
    deliveries: then.deliveries - at.deliveries,
    p50: delays.quantile(0.5),
    p99: delays.quantile(0.99),
    cpu: processorUse(before, after),
    seconds,
  };
}

/** Waits until nothing is under way; what never comes is found by the check that follows. */
async function quiet(ledger, rooms) {
  const end = performance.now() + QUIET_WITHIN_MS;
  while (!ledger.isQuiet(rooms) && performance.now() < end) await pause(20);
}
