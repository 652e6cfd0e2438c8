// Many people who are connected and idle, and many who reconnect at once.
import { readFileSync } from "node:fs";
import { pause } from "../generator/load.mjs";
import { inspect, profileOf } from "../parley/inspector.mjs";
import { fillRooms, makeRooms } from "../parley/people.mjs";
import { processorTimes, processorUse, residentOf } from "../processor.mjs";
import { failed, figure, shown, target } from "../targets.mjs";
import { withGenerator } from "./with-generator.mjs";

const ROOMS = 10;
const ORGANIZATION = 1_000;
const WARM = 200;
const AT_ONCE = 50;
const BACK_WITHIN_MS = 30_000;
const MIB = 2 ** 20;

/** Creates an organization of `count` people who are all in the same ten rooms, as visitors. */
async function team(parley, count) {
  const organization = await parley.organization(count);
  const roomIds = await makeRooms(
    parley.client,
    organization,
    Array.from({ length: ROOMS }, () => organization.people),
  );
  const clocks = Object.fromEntries(roomIds.map((id) => [id, 0]));
  const visitors = organization.people.map(({ cookie }) => ({
    url: parley.urls[0],
    cookie,
    epoch: organization.epoch,
    clocks,
  }));
  return { organization, roomIds, visitors };
}

/** Ten thousand connections, or as many as connect in time. A separate server, so that nothing else is in its memory. */
export async function idle({ startParley, database, quick, profiled, log, say }) {
  const wanted = Math.min(quick ? 1_000 : 10_000, maxOpenFiles() - 1_000);
  const withinMs = quick ? 20_000 : 75_000;
  const parley = await startParley("idle", { inspected: true });
  const inspector = await inspect(parley.inspectorPort);
  const [pid] = parley.pids;
  const held = async () => {
    await inspector.collectGarbage();
    return residentOf(pid);
  };
  return withGenerator(async (generator) => {
    const arrive = (people) => generator.ask("arrive", { people, atOnce: AT_ONCE, withinMs, expected: 0 });
    await arrive((await team(parley, WARM)).visitors);
    await generator.ask("leave");
    await pause(5_000); // until their absence is broadcast
    const empty = await held();

    const people = [];
    while (people.length < wanted) people.push(...(await team(parley, ORGANIZATION)).visitors);
    log(`idle: connecting ${shown(wanted)}, ${shown(ORGANIZATION)} to an organization, each in ${ROOMS} rooms`);
    const roots = { server: [pid], database: [database.pid] };
    const before = processorTimes(roots);
    const { connected, ms, faults } = await arrive(people.slice(0, wanted));
    const cpu = processorUse(before, processorTimes(roots));
    await pause(2_000);
    const resident = residentOf(pid);
    const each = ((await held()) - empty) / connected / 1024;
    const cuts = await generator.ask("leave");
    const again = () => arrive(people.slice(0, ORGANIZATION));
    const profiles = profiled ? [{ name: "connecting", ...(await inspector.profile(again)) }] : [];
    inspector.close();
    if (cuts.times > 0) say(`idle: people were disconnected ${cuts.times} times: ${cuts.first}`);

    const detail = `${shown(connected)} of ${shown(wanted)} connected in ${shown(ms / 1_000)} s`;
    const all = { atMost: 512, unit: " MiB", detail };
    const memory = target(`${shown(wanted)} connected: server memory`, resident / MIB, all);
    const rows = [
      target("idle connection with login, rooms and clocks: server memory", each, { atMost: 22, unit: " KiB", detail }),
      { ...memory, passed: memory.passed && connected === wanted },
      target("a connect, sync included: server CPU", cpu.server / connected / 1_000, {
        atMost: 0.6,
        unit: " ms",
        detail: `and ${shown(cpu.database / connected / 1_000)} ms of the database; ${detail}`,
      }),
    ];
    return { rows: failed(rows, faults), faults, profiles };
  });
}

/** Many people of one organization change their presence at the same moment. Everybody else receives it. */
export async function presence({ startParley, quick, log }) {
  const [count, changes] = quick ? [1_000, 100] : [5_000, 500];
  const parley = await startParley("presence");
  return withGenerator(async (generator) => {
    log(`presence: connecting ${shown(count)}`);
    const { visitors } = await team(parley, count);
    const { connected, faults } = await generator.ask("arrive", {
      people: visitors,
      atOnce: AT_ONCE,
      withinMs: 75_000,
      expected: 0,
    });
    await pause(5_000); // until their presence is broadcast
    log(`presence: ${shown(changes)} people change theirs`);
    const roots = { server: parley.pids };
    const before = processorTimes(roots);
    const { frames, missing } = await generator.ask("changePresence", { changes, withinMs: 20_000 });
    const cpu = processorUse(before, processorTimes(roots));
    await generator.ask("leave");
    if (missing > 0) faults.push(`${missing} people did not receive all changes.`);
    const what = `${shown(count)} connected, ${shown(changes)} change their presence at once`;
    const detail = `${shown(connected)} connected`;
    const rows = [
      target(`${what}: frames for each person, at most`, frames, { atMost: 2, detail }),
      target(`${what}: server CPU`, cpu.server / 1_000_000, { atMost: 1, unit: " s", detail }),
    ];
    return { rows: failed(rows, faults), faults };
  });
}

/** The limit of open files per process. */
function maxOpenFiles() {
  return Number(/^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))[1]);
}

/** A thousand people lose their network, miss messages, and reconnect at the same moment. */
export async function reconnect({ systems, quick, profiled, log }) {
  const parley = await systems.Parley();
  const count = quick ? 200 : 1_000;
  return withGenerator(async (generator) => {
    log(`reconnect: connecting ${count}`);
    const { organization, roomIds, visitors } = await team(parley, count);
    const arrive = (atOnce, expected) =>
      generator.ask("arrive", { people: visitors, atOnce, withinMs: BACK_WITHIN_MS, expected });
    const { faults } = await arrive(AT_ONCE, 0);
    const results = [];
    let missed = 0;
    for (const more of [5, 45]) {
      await generator.ask("leave");
      await fillRooms(parley.client, organization, roomIds, organization.people[0], more);
      missed += more;
      log(`reconnect: ${count} come back after ${more} more messages in each of ${ROOMS} rooms`);
      await eventLoopP99(parley.urls[0]); // restarts the measurement
      const arrived = await arrive(count, missed * ROOMS);
      faults.push(...arrived.faults);
      results.push({ ...arrived, missed: missed * ROOMS, lagMs: await eventLoopP99(parley.urls[0]) });
    }
    await generator.ask("leave");
    const back = () => arrive(count, missed * ROOMS);
    const profiles = profiled ? [await profileOf(parley, "reconnect", back)] : [];

    const [some, many] = results;
    const summary = ({ connected, lagMs, cuts }) =>
      `${connected} of ${count} done; event loop p99 ${shown(lagMs)} ms; cut off and came again: ${cuts.times}`;
    const what = `${shown(count)} clients reconnect at once and catch up ${some.missed} messages each in ${ROOMS} rooms`;
    const row = target(`${what}: all done`, some.ms / 1_000, { atMost: 5, unit: " s", detail: summary(some) });
    const rows = [
      { ...row, passed: row.passed && some.connected === count },
      target("event loop meanwhile: p99", some.lagMs, { atMost: 200, unit: " ms" }),
      figure(`the same with ${many.missed} messages each`, `${shown(many.ms / 1_000)} s`, summary(many)),
    ];
    return { rows: failed(rows, faults), faults, profiles };
  });
}

/** The event loop's delay since the last reading, in ms. */
async function eventLoopP99(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1]) * 1_000;
}
