// Latency and throughput of one server, outside the closed loops.
import { median } from "../figures.mjs";
import { profileOf } from "../parley/inspector.mjs";
import { processorTimes, processorUse } from "../processor.mjs";
import { failed, figure, shown, target } from "../targets.mjs";
import { withCrowd, withGenerator } from "./with-generator.mjs";

const MEMBERS = 200;
const SENDERS = 32;
const CORES_FOR_TWO = 4; // two servers, the database and the generator
const CLIENTS = 16;

/** 1 x 200: messages at half of the server's capacity, whether or not it keeps up. */
export async function openLoop({ systems, database, rounds, quick, log }) {
  const parley = await systems.Parley();
  const watch = { server: parley.pids, database: [database.pid] };
  const [warmMs, ms] = quick ? [1_000, 2_000] : [1_500, 4_000];
  return withCrowd(parley, 1, MEMBERS, async (generator) => {
    log("open loop: looking for its capacity");
    const { messagesPerSecond: capacity } = await generator.ask("closedLoop", { senders: SENDERS, warmMs, ms, watch });
    const faults = await generator.ask("check");
    const perSecond = capacity / 2;
    const results = [];
    for (let round = 1; round <= rounds; round++) {
      log(`open loop: ${shown(perSecond)} messages a second, round ${round} of ${rounds}`);
      results.push(await generator.ask("openLoop", { senders: SENDERS, perSecond, warmMs, ms, watch }));
      faults.push(...(await generator.ask("check")));
    }
    const [p50, p99] = [median(results.map((one) => one.p50)), median(results.map((one) => one.p99))];
    const what = "send to delivered, open loop at half of capacity, 1x200";
    const detail = `${shown(perSecond)} messages/s, half of s=${SENDERS}`;
    const rows = [
      target(`${what}: p50`, p50, { atMost: 5, unit: " ms", detail }),
      target(`${what}: p99`, p99, { atMost: 15, unit: " ms", detail }),
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

/** Two servers on one database against one, 1 x 200, half of the members on each. */
export async function twoServers({ startParley, database, rounds, quick, log, cores }) {
  const what = "two server processes on one Postgres against one, 1x200 s=32: deliveries/s";
  const [warmMs, ms] = quick ? [1_000, 2_000] : [1_500, 4_000];
  const [one, two] = [await startParley("alone"), await startParley("pair", { servers: 2 })];
  return withCrowd(one, 1, MEMBERS, (alone) =>
    withCrowd(two, 1, MEMBERS, async (pair) => {
      log("two servers: checking that they know of each other");
      const reached = await pair.ask("reaches", { times: 3, withinMs: 2_000 });
      if (reached < MEMBERS) {
        const why = `a message sent to the first process reaches ${reached} of ${MEMBERS} members within 2 s: the processes do not know of each other`;
        return { rows: [figure(what, "not measured", why)] };
      }
      const rates = { alone: [], pair: [] };
      const faults = [];
      for (let round = 1; round <= rounds; round++) {
        for (const [name, generator, { pids }] of [
          ["alone", alone, one],
          ["pair", pair, two],
        ]) {
          log(`two servers: ${name}, round ${round} of ${rounds}`);
          const watch = { server: pids, database: [database.pid] };
          const { deliveriesPerSecond } = await generator.ask("closedLoop", { senders: SENDERS, warmMs, ms, watch });
          rates[name].push(deliveriesPerSecond);
          faults.push(...(await generator.ask("check")));
        }
      }
      const [single, both] = [median(rates.alone), median(rates.pair)];
      const detail = `${shown(both)} / ${shown(single)} deliveries/s`;
      const row = target(what, both / single, { atLeast: 1.5, unit: "x", detail });
      if (cores < CORES_FOR_TWO) {
        Object.assign(row, { passed: null, detail: `${detail}; not judged: all of it shares ${cores} cores` });
      }
      return { rows: failed([row], faults), faults };
    }),
  );
}
