// Faults of server processes.
import type { Process } from "./fleet";
import type { Fault } from "./fault";
import { between, type Dice, pick, type Run } from "./run-state";

const [minuteMs, hourMs] = [60_000, 3_600_000];

const chosen = (run: Run, [die]: Dice): Process | undefined => pick(run.fleet.alive(), die);

/** Kills a process at a named point of the code, at most once. It is started again when the fault ends. */
const diesAt = (point: string): Fault => ({
  name: `kill -9 ${point}`,
  ms: [1_000, 2_500],
  strike(run, dice) {
    const one = chosen(run, dice);
    if (!one) return;
    const disarm = run.fleet.arm(one, point);
    return () => {
      if (one.running) disarm();
      else return run.fleet.start(one);
    };
  },
});

/**
 * Every promise holds, with one exception: what ends at a time that somebody chose, such as a status, ends by the wrong clock. No check
 * looks at such an end before the clock is right again.
 */
export const serverClockFault: Fault = {
  name: "server clock jumps",
  ms: [6_000, 16_000],
  strike(run, dice) {
    const one = chosen(run, dice);
    if (!one) return;
    run.fleet.setClock(one, minuteMs);
    const back = setTimeout(() => run.fleet.setClock(one, -hourMs), between(2_000, 5_000, dice[1]));
    return () => {
      clearTimeout(back);
      run.fleet.setClock(one, 0);
    };
  },
};

export const processFaults: Fault[] = [
  {
    name: "kill -9",
    ms: [200, 3_000],
    async strike(run, dice) {
      const one = chosen(run, dice);
      if (!one) return;
      await run.fleet.kill(one);
      return () => run.fleet.start(one);
    },
  },
  diesAt("in the transaction"),
  diesAt("after commit"),
  diesAt("after acknowledging"),
  {
    name: "SIGTERM under load",
    ms: [0, 1_000],
    async strike(run, dice) {
      const one = chosen(run, dice);
      if (!one) return;
      await run.fleet.stop(one);
      return () => run.fleet.start(one);
    },
  },
  {
    name: "process stopped and continued",
    ms: [500, 22_000],
    strike(run, dice) {
      const one = chosen(run, dice);
      if (!one) return;
      run.fleet.pause(one);
      return () => run.fleet.resume(one);
    },
  },
  serverClockFault,
  {
    name: "process removed for good",
    ms: [0, 0],
    forGood: true,
    needs: "several processes",
    async strike(run, dice) {
      const one = chosen(run, dice);
      if (!one || run.fleet.alive().length < 2) return;
      one.removed = true;
      await run.fleet.kill(one);
      return async () => {
        one.removed = false;
        await run.fleet.start(one);
      };
    },
  },
];
