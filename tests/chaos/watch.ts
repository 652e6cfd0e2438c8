// What is checked repeatedly during a run.
import { type Figures, figuresOf } from "../harness/figures";
import { memoryOf } from "./fleet";
import type { Run } from "./run-state";

/** The memory limit of a server process, in bytes. */
const memoryAtMost = 512 * 1024 * 1024;
/** The limit of packets waiting for one reader, plus some for a frame that is being written. */
const queueAtMost = 1_100;

const counters = {
  duplicates: "parley_duplicates_refused_total",
  caughtUp: 'parley_caught_up_rooms_total{kind="delta"}',
  begunOver: 'parley_caught_up_rooms_total{kind="limited"}',
  gone: 'parley_caught_up_rooms_total{kind="gone"}',
  pullsFailed: "parley_pull_failures_total",
  cut: "parley_socket_cuts_total",
};

/** Records what tabs show, and checks the memory and queues of processes. */
export function watch(run: Run) {
  const most = { memory: 0, queue: 0 };
  /** The last counters of each process, by pid. */
  const counted = new Map<number, Figures>();
  const { journal, fleet } = run;

  function look(): void {
    for (const { name, parley, room } of run.tabs) {
      const state = room && parley?.stores.rooms.getState().rooms.get(room);
      if (!state || state.loadState !== "loaded") continue;
      const { roomId, clock, ranges, membership } = state;
      for (const { from, to, messages } of ranges) {
        const seqs = messages.map(({ seq }) => seq);
        journal.shown.push({ at: journal.now(), tab: name, roomId, clock, floor: membership.floorSeq, from, to, seqs });
      }
    }
  }
  async function measure(): Promise<void> {
    for (const one of fleet.processes) {
      const memory = memoryOf(one);
      most.memory = Math.max(most.memory, memory);
      if (memory > memoryAtMost)
        journal.violation("I13", `${one.name} holds more than ${memoryAtMost >> 20} MiB.`, `${memory >> 20} MiB`);
      // A fault may end the process before it answers.
      const { running } = one;
      if (!running || one.paused) continue;
      const figures = await figuresOf({ ...running, url: `http://127.0.0.1:${one.port}` }).catch(() => null);
      if (figures) counted.set(running.pid, figures);
      const queue = figures?.get("parley_socket_queue_longest_packets") ?? 0;
      most.queue = Math.max(most.queue, queue);
      if (queue > queueAtMost)
        journal.violation("I13", `${one.name} holds more than ${queueAtMost} packets for one reader.`, String(queue));
    }
  }
  const timers = [setInterval(look, 400), setInterval(() => void measure(), 2_000)];
  return {
    end: () => timers.forEach(clearInterval),
    seen: () => ({
      memoryMiB: most.memory >> 20,
      queue: most.queue,
      /** The counters of all processes together: which code paths the run used. */
      counted: Object.fromEntries(
        Object.entries(counters).map(([name, series]) => [
          name,
          [...counted.values()].reduce((sum, figures) => sum + (figures.get(series) ?? 0), 0),
        ]),
      ),
    }),
  };
}
