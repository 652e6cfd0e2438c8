// Compares Parley, the floor and ejabberd in closed loops: the same members, rooms, bodies and machine, in turn.
import { median } from "../figures.mjs";
import { startGenerator } from "../generator/start.mjs";
import { profileOf } from "../parley/inspector.mjs";
import { failed, notMeasured, shown, target } from "../targets.mjs";

/** A scenario with `rooms` rooms of `members` members each, once for each number of senders in `loads`. */
export const closedLoops =
  (rooms, members, loads, targets) =>
  async ({ systems, database, rounds, quick, profiled, say, log }) => {
    const [warmMs, ms] = quick ? [1_000, 2_000] : [1_500, 4_000];
    const name = `${rooms}x${members}`;
    const gathered = [];
    const faults = [];
    const profiles = [];
    try {
      for (const [system, start] of Object.entries(systems)) {
        const running = await start();
        if (!running) continue;
        log(`${name}: connecting ${rooms * members} members to ${system}`);
        const generator = await startGenerator();
        gathered.push({ system, running, generator, results: loads.map(() => []) });
        const crowd = await running.crowd(rooms, members);
        await generator.ask("gather", { system, crowd, databaseUrl: running.databaseUrl });
      }
      for (let round = 1; round <= rounds; round++) {
        for (const [at, senders] of loads.entries()) {
          for (const { system, running, generator, results } of gathered) {
            log(`${name} s=${senders}: ${system}, round ${round} of ${rounds}`);
            const watch = { server: running.pids, database: [database.pid] };
            results[at].push(await generator.ask("closedLoop", { senders, warmMs, ms, watch }));
            const found = (await generator.ask("check")).map((fault) => `${system}, ${name} s=${senders}: ${fault}`);
            faults.push(...found);
            for (const fault of found) say(`BROKEN: ${fault}`);
          }
        }
      }
      if (profiled) profiles.push(...(await profilesOf(gathered[0], name, loads, { warmMs, ms, watch: {} })));
      for (const { generator } of gathered) await generator.ask("close");
    } finally {
      for (const { generator } of gathered) await generator.stop();
    }
    const loops = loads.map((senders, at) => ({
      name,
      senders,
      systems: Object.fromEntries(gathered.map(({ system, results }) => [system, medians(results[at])])),
    }));
    const broken = faults.filter((fault) => fault.startsWith("Parley"));
    return {
      loops,
      faults,
      profiles,
      rows: failed(
        loops.flatMap((loop) => compare(loop, targets[loop.senders])),
        broken,
      ),
    };
  };

async function profilesOf({ running, generator }, name, loads, how) {
  const profiles = [];
  for (const senders of loads) {
    const work = () => generator.ask("closedLoop", { ...how, senders });
    profiles.push(await profileOf(running, `${name}, s=${senders}`, work));
    await generator.ask("check");
  }
  return profiles;
}

function medians(results) {
  const of = (what) => median(results.map(what));
  return {
    deliveriesPerSecond: of((one) => one.deliveriesPerSecond),
    messagesPerSecond: of((one) => one.messagesPerSecond),
    p50: of((one) => one.p50),
    p99: of((one) => one.p99),
    usEach: of((one) => (one.cpu.server + one.cpu.database) / one.deliveries),
    databaseShare: of((one) => one.cpu.database / (one.cpu.server + one.cpu.database)),
    generatorUsEach: of((one) => one.cpu.generator / one.deliveries),
    foreignCores: of((one) => one.cpu.foreign / one.seconds / 1_000_000),
  };
}

/** The CPU time of the other systems per delivery, as a multiple of ours. */
function compare({ name, senders, systems }, targets) {
  return Object.entries(targets).map(([system, atLeast]) => {
    const what = `${name}, s=${senders}: ${system}'s CPU per delivery over ours`;
    const [theirs, ours] = [systems[system]?.usEach, systems.Parley?.usEach];
    if (!theirs || !ours) return notMeasured(what, `${system} did not run`);
    return target(what, theirs / ours, { atLeast, unit: "x", detail: `${shown(theirs)} / ${shown(ours)} µs` });
  });
}
