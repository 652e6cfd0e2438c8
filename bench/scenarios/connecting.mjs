// Many who are connected and say nothing, and many who come back at once.
import { readFileSync } from "node:fs";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import { pause } from "../generator/load.mjs";
import { inspect } from "../parley/inspector.mjs";
import { fillRooms, makeRooms } from "../parley/people.mjs";
import { processorTimes, processorUse, residentOf } from "../processor.mjs";
import { failed, figure, shown, target } from "../targets.mjs";
import { withGenerator } from "./with-generator.mjs";

const ROOMS = 10;
const ORGANIZATION = 1_000;
const WARM = 200;
const AT_ONCE = 50;
const MIB = 2 ** 20;

/** An organization of so many people who are all in ten rooms, as visitors. */
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

/** Ten thousand connections, or as many as come within the time; a server of its own, so that nothing else is in its memory. */
export async function idle({ startParley, database, folder, quick, log, say }) {
  const wanted = Math.min(quick ? 1_000 : 10_000, filesAtMost() - 1_000);
  const withinMs = quick ? 20_000 : 75_000;
  const port = await freePortFor(`${folder}/inspector`);
  const parley = await startParley("idle", { nodeOptions: [`--inspect=127.0.0.1:${port}`] });
  const inspector = await inspect(port);
  const [pid] = parley.pids;
  const held = async () => {
    await inspector.collectGarbage();
    return residentOf(pid);
  };
  return withGenerator(async (generator) => {
    const { visitors: first } = await team(parley, WARM);
    await generator.ask("arrive", { people: first, atOnce: AT_ONCE, withinMs, expected: 0 });
    await generator.ask("leave");
    await pause(5_000); // until the absence of those is told
    const empty = await held();

    const people = [];
    while (people.length < wanted)
      people.push(...(await team(parley, Math.min(ORGANIZATION, wanted - people.length))).visitors);
    log(
      `idle: connecting ${shown(wanted)}, ${shown(Math.min(ORGANIZATION, wanted))} to an organization, each in ${ROOMS} rooms`,
    );
    const roots = { server: [pid], database: [database.pid] };
    const before = processorTimes(roots);
    const {
      connected,
      ms,
      faults,
      failed: refused,
    } = await generator.ask("arrive", { people, atOnce: AT_ONCE, withinMs, expected: 0 });
    const cpu = processorUse(before, processorTimes(roots));
    await pause(2_000);
    const resident = residentOf(pid);
    const each = ((await held()) - empty) / connected / 1024;
    const lost = await generator.ask("leave");
    inspector.close();
    if (lost.length > 0) faults.push(`${lost.length} idle connections were lost: ${lost[0]}.`);
    if (refused > 0) say(`idle: ${refused} could not connect`);

    const detail = `${shown(connected)} of ${shown(wanted)} connected in ${shown(ms / 1_000)} s`;
    const all = target(`${shown(wanted)} connected: server memory`, resident / MIB, {
      atMost: 512,
      unit: " MiB",
      detail,
    });
    const rows = [
      target("idle connection with login, rooms and clocks: server memory", each, { atMost: 22, unit: " KiB", detail }),
      { ...all, passed: all.passed && connected === wanted },
      target("a connect, sync included: server CPU", cpu.server / connected / 1_000, {
        atMost: 0.7,
        unit: " ms",
        detail: `and ${shown(cpu.database / connected / 1_000)} ms of the database; ${detail}`,
      }),
    ];
    return { rows: failed(rows, faults), faults };
  });
}

/** Open files that a process may have. */
function filesAtMost() {
  return Number(/^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))[1]);
}

/** A thousand people lose their network, miss something, and come back in the same moment. */
export async function reconnect({ systems, quick, log }) {
  const parley = await systems.Parley();
  const count = quick ? 200 : 1_000;
  const withinMs = 60_000;
  return withGenerator(async (generator) => {
    log(`reconnect: connecting ${count}`);
    const { organization, roomIds, visitors } = await team(parley, count);
    const faults = (await generator.ask("arrive", { people: visitors, atOnce: AT_ONCE, withinMs, expected: 0 })).faults;
    const results = [];
    for (const missed of [5, 45]) {
      await generator.ask("leave");
      await fillRooms(parley.client, organization, roomIds, organization.people[0], missed);
      log(`reconnect: ${count} come back after ${missed} more messages in each of ${ROOMS} rooms`);
      const expected = results.reduce((sum, result) => sum + result.missed, missed) * ROOMS;
      await eventLoopP99(parley.urls[0]); // begins its count anew
      const arrived = await generator.ask("arrive", { people: visitors, atOnce: count, withinMs, expected });
      faults.push(...arrived.faults);
      results.push({
        missed,
        expected,
        seconds: arrived.ms / 1_000,
        connected: arrived.connected,
        lagMs: await eventLoopP99(parley.urls[0]),
      });
    }
    faults.push(...(await generator.ask("leave")));
    const [some, many] = results;
    const told = ({ connected, lagMs }) => `${connected} of ${count} done; event loop p99 ${shown(lagMs)} ms`;
    const row = target(
      `${shown(count)} clients reconnect at once and catch up ${some.expected} messages each in ${ROOMS} rooms: all done`,
      some.seconds,
      {
        atMost: 5,
        unit: " s",
        detail: told(some),
      },
    );
    const rows = [
      { ...row, passed: row.passed && some.connected === count },
      target("event loop meanwhile: p99", some.lagMs, { atMost: 200, unit: " ms" }),
      figure(`the same with ${many.expected} messages each`, `${shown(many.seconds)} s`, told(many)),
    ];
    return { rows: failed(rows, faults), faults };
  });
}

/** The event loop's delay since the last time it was asked, in ms. */
async function eventLoopP99(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1]) * 1_000;
}
