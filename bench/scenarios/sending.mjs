// Latency and throughput of one server, outside the closed loops.
import { median } from "../figures.mjs";
import { profileOf } from "../parley/inspector.mjs";
import { processorTimes, processorUse } from "../processor.mjs";
import { failed, notMeasured, shown, target } from "../targets.mjs";
import { withCrowd, withGenerator } from "./with-generator.mjs";

const MEMBERS = 200;
const SENDERS = 32;
const MESSAGES_PER_SECOND = 1_000;
const CLIENTS = 16;

/** 1 x 200: a fixed number of messages a second, whether or not the server keeps up. */
export async function openLoop({ systems, database, rounds, quick, log }) {
  const parley = await systems.Parley();
  const watch = { server: parley.pids, database: [database.pid] };
  const [warmMs, ms] = quick ? [1_000, 2_000] : [1_500, 4_000];
  return withCrowd(parley, 1, MEMBERS, async (generator) => {
    const perSecond = MESSAGES_PER_SECOND;
    const faults = [];
    const results = [];
    for (let round = 1; round <= rounds; round++) {
      log(`open loop: ${shown(perSecond)} messages a second, round ${round} of ${rounds}`);
      results.push(await generator.ask("openLoop", { senders: SENDERS, perSecond, warmMs, ms, watch }));
      faults.push(...(await generator.ask("check")));
    }
    const [p50, p99] = [median(results.map((one) => one.p50)), median(results.map((one) => one.p99))];
    const what = `send to delivered, open loop at ${shown(perSecond)} messages/s, 1x200`;
    const rows = [
      target(`${what}: p50`, p50, { atMost: 4, unit: " ms" }),
      target(`${what}: p99`, p99, { atMost: 12, unit: " ms" }),
    ];
    return { rows: failed(rows, faults), faults };
  });
}

/** One member sends into a room without other members, on an idle server. */
export async function oneSend({ systems, quick, log }) {
  log("one member, one send");
  const times = quick ? 50 : 200;
  return withCrowd(await systems.Parley(), 1, 1, async (generator) => {
    await generator.ask("oneByOne", { times: 20, pauseMs: 20 });
    const took = await generator.ask("oneByOne", { times, pauseMs: 20 });
    const faults = await generator.ask("check");
    const rows = [
      target("one member, one send, idle server: acknowledged p50", median(took), { atMost: 4, unit: " ms" }),
    ];
    return { rows: failed(rows, faults), faults };
  });
}

/** The REST API, through Next. */
export async function overHttp({ systems, database, rounds, quick, profiled, log }) {
  const parley = await systems.Parley();
  const ms = quick ? 3_000 : 5_000;
  return withGenerator(async (generator) => {
    const post = async (forMs) => {
      const [{ roomId, members }] = await parley.crowd(1, CLIENTS);
      const roots = { server: parley.pids, database: [database.pid] };
      const before = processorTimes(roots);
      const posted = await generator.ask("post", { people: members, roomId, ms: forMs });
      return { ...posted, cpu: processorUse(before, processorTimes(roots)) };
    };
    await post(4_000); // the first answer waits until Next has loaded the route
    const results = [];
    for (let round = 1; round <= rounds; round++) {
      log(`over HTTP: ${CLIENTS} clients, round ${round} of ${rounds}`);
      results.push(await post(ms));
    }
    const profiles = profiled ? [await profileOf(parley, "POST over HTTP", () => post(ms))] : [];
    const faults = results.flatMap((one) => one.faults);
    const what = `POST /api/rooms/{id}/messages, ${CLIENTS} clients, every answer checked, every message found again`;
    const each = (name) => shown(median(results.map((one) => one.cpu[name] / one.messages)));
    const detail = `server ${each("server")} + database ${each("database")} µs each, finding them again included`;
    const row = target(what, median(results.map((one) => one.perSecond)), { atLeast: 1_000, unit: "/s", detail });
    return { rows: failed([row], faults), faults, profiles };
  });
}

/** Three servers on one database against one, 1 x 200, a third of the members on each: the CPU time of each delivery. */
export async function threeServers({ startParley, database, rounds, quick, log }) {
  const what = `three processes on one Postgres over one, 1x200 s=${SENDERS}: CPU per delivery`;
  const [warmMs, ms] = quick ? [1_000, 2_000] : [1_500, 4_000];
  const [one, three] = [await startParley("alone"), await startParley("three", { servers: 3 })];
  return withCrowd(one, 1, MEMBERS, (alone) =>
    withCrowd(three, 1, MEMBERS, async (together) => {
      log("three servers: checking that they know of each other");
      const reached = await together.ask("reaches", { times: 3, withinMs: 2_000 });
      if (reached < MEMBERS) {
        const why = `a message sent to the first process reaches ${reached} of ${MEMBERS} members within 2 s: the processes do not know of each other`;
        return { rows: [notMeasured(what, why)] };
      }
      const usEach = { alone: [], together: [] };
      const faults = [];
      for (let round = 1; round <= rounds; round++) {
        for (const [name, generator, { pids }] of [
          ["alone", alone, one],
          ["together", together, three],
        ]) {
          log(`three servers: ${name}, round ${round} of ${rounds}`);
          const watch = { server: pids, database: [database.pid] };
          const { cpu, deliveries } = await generator.ask("closedLoop", { senders: SENDERS, warmMs, ms, watch });
          usEach[name].push((cpu.server + cpu.database) / deliveries);
          faults.push(...(await generator.ask("check")));
        }
      }
      const [single, all] = [median(usEach.alone), median(usEach.together)];
      const detail = `${shown(all)} / ${shown(single)} µs of servers and database`;
      return { rows: failed([target(what, all / single, { atMost: 1.3, unit: "x", detail })], faults), faults };
    }),
  );
}
