// Members who send messages, as fast as the system allows or at a fixed rate, and the cost of that.
import { uuidv7 } from "uuidv7";
import { processorTimes, processorUse } from "../processor.mjs";

const QUIET_WITHIN_MS = 15_000;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Each of these members sends again when they receive their own message. `watch` names the processes to measure. With `quotes`, each
 * message is a reply to the one before it. With `mentions`, it mentions somebody in the room.
 */
export async function closedLoop(ledger, rooms, senders, { warmMs, ms, watch, quotes = false, mentions = false }) {
  let running = true;
  const write = (member, replyToId) => {
    const handle = mentions ? member.room.members.at(-1).handle : undefined;
    if (!running) return;
    const id = uuidv7();
    ledger.sends(id, member);
    member.connection.send(id, { replyToId, handle });
  };
  for (const member of senders) {
    member.own = ({ id }) => write(member, quotes ? id : undefined);
    write(member);
  }
  await pause(warmMs);
  const measured = await measure(ledger, ms, watch);
  running = false;
  for (const member of senders) member.own = null;
  await untilIdle(ledger, rooms);
  return measured;
}

/**
 * Each of these members reacts to one message of their room and takes it back, over and over, each time when that is acknowledged. Every
 * change is delivered to everybody in the room. Resolves to the number of deliveries and what they cost.
 */
export async function reactionLoop(ledger, rooms, members, { warmMs, ms, watch }) {
  const messageIds = new Map(rooms.map((room) => [room, uuidv7()]));
  for (const [room, id] of messageIds) {
    ledger.sends(id, room.members[0]);
    room.members[0].connection.send(id);
  }
  await untilIdle(ledger, rooms);
  let running = true;
  let deliveries = 0;
  const loops = members.map(async ({ room, connection }) => {
    for (let isGiven = true; running; isGiven = !isGiven) {
      await connection.react(messageIds.get(room), isGiven);
      deliveries += room.members.length;
    }
  });
  // A refusal ends the loop. It is thrown only below.
  for (const loop of loops) loop.catch(() => {});
  await pause(warmMs);
  const roots = { ...watch, generator: [process.pid] };
  const [before, at] = [processorTimes(roots), deliveries];
  await pause(ms);
  const [after, measured] = [processorTimes(roots), deliveries - at];
  running = false;
  await Promise.all(loops);
  await untilIdle(ledger, rooms);
  return { deliveries: measured, cpu: processorUse(before, after) };
}

/** These members send in turn, `perSecond` in total, whether or not the system keeps up. Delays count from the time a message was due. */
export async function openLoop(ledger, rooms, senders, { perSecond, warmMs, ms, watch }) {
  const began = performance.now();
  let written = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1_000);
    for (; written < due; written++) {
      const member = senders[written % senders.length];
      const id = uuidv7();
      ledger.sends(id, member, began + ((written + 1) * 1_000) / perSecond);
      member.connection.send(id);
    }
  }, 1);
  await pause(warmMs);
  const measured = await measure(ledger, ms, watch);
  clearInterval(timer);
  await untilIdle(ledger, rooms);
  return measured;
}

/** One member sends, and sends again `pauseMs` after the acknowledgement. Resolves to the ms that each send took. */
export async function oneByOne(ledger, rooms, member, { times, pauseMs }) {
  const took = [];
  for (let time = 0; time < times; time++) {
    const id = uuidv7();
    ledger.sends(id, member);
    const ms = await new Promise((resolve) => {
      member.acknowledged = resolve;
      member.connection.send(id);
    });
    took.push(ms);
    await pause(pauseMs);
  }
  await untilIdle(ledger, rooms);
  return took;
}

/**
 * Checks that processes know of each other: one member sends a few messages, and all others should soon receive them. Resolves to
 * the smallest number of members that received a message.
 */
export async function reaches(ledger, [room], { times, withinMs }) {
  let fewest = room.members.length;
  for (let time = 0; time < times; time++) {
    const id = uuidv7();
    ledger.sends(id, room.members[0]);
    room.members[0].connection.send(id);
    const received = () => room.members.filter(({ at }) => at > time).length;
    const end = performance.now() + withinMs;
    while (received() < room.members.length && performance.now() < end) await pause(20);
    fewest = Math.min(fewest, received());
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

/** Waits until nothing is in flight. The check that follows finds messages that never arrive. */
async function untilIdle(ledger, rooms) {
  const end = performance.now() + QUIET_WITHIN_MS;
  while (!ledger.isQuiet(rooms) && performance.now() < end) await pause(20);
}
