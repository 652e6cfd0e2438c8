// What something else costs, compared with a message, in closed loops of the same members.
import { median } from "../figures.mjs";
import { failed, shown, target } from "../targets.mjs";
import { withCrowd } from "./with-generator.mjs";

const LOADS = [
  { rooms: 1, members: 200, senders: 8 },
  { rooms: 50, members: 20, senders: 50 },
];

/** `what` is one of what the members do in the loop of the generator that has the name `loopName`. */
export const comparedWithMessages = (what, loopName) => async (bench) => {
  const { systems, database, rounds, quick, log } = bench;
  const parley = await systems.Parley();
  const watch = { server: parley.pids, database: [database.pid] };
  const [warmMs, ms] = quick ? [1_000, 2_000] : [1_500, 4_000];
  const [rows, faults] = [[], []];
  for (const { rooms, members, senders } of LOADS) {
    const name = `${rooms}x${members} s=${senders}`;
    await withCrowd(parley, rooms, members, async (generator) => {
      const costs = { closedLoop: [], [loopName]: [] };
      for (let round = 1; round <= rounds; round++) {
        for (const [loop, results] of Object.entries(costs)) {
          log(`${name}: ${loop === "closedLoop" ? "a message" : what}, round ${round} of ${rounds}`);
          const { cpu, deliveries } = await generator.ask(loop, { senders, warmMs, ms, watch });
          results.push((cpu.server + cpu.database) / deliveries);
          faults.push(...(await generator.ask("check")));
        }
      }
      const [message, other] = [median(costs.closedLoop), median(costs[loopName])];
      const detail = `${shown(other)} / ${shown(message)} µs`;
      rows.push(
        target(`${name}: CPU per delivery of ${what} over a message's`, other / message, {
          atMost: 2,
          unit: "x",
          detail,
        }),
      );
    });
  }
  return { rows: failed(rows, faults), faults };
};
