import { type Random, randomFrom } from "../harness/random";
import type { Action } from "./action";
import { actions } from "./actions";
import type { Fault } from "./fault";
import type { Dice } from "./run-state";

export type Entry = { at: number; action: Action; dice: Dice } | { at: number; fault: Fault; ms: number; dice: Dice };

const actionEveryMs = 45;
const faultEveryMs = 2_000;
/** The time at the end without new actions, so that pending ones can finish. */
const quietMs = 500;

/** When each action and fault starts, in milliseconds from the start. Depends only on the seed. */
export function makeSchedule(seed: number, seconds: number, faults: readonly Fault[]): Entry[] {
  const random = randomFrom(seed);
  const entries: Entry[] = [];
  const end = seconds * 1_000 - quietMs;
  for (let at = 0; at < end; at += random() * 2 * actionEveryMs) {
    entries.push({ at, action: pickWeighted(actions, random), dice: throwDice(random) });
  }
  // Uses every fault once before any of them twice.
  let unused: Fault[] = [];
  for (let at = 700; at < end && faults.length > 0; at += faultEveryMs * (0.4 + random() * 1.2)) {
    if (unused.length === 0) unused = [...faults];
    const [fault] = unused.splice(Math.floor(random() * unused.length), 1) as [Fault];
    const [from, to] = fault.ms;
    entries.push({ at, fault, ms: from + random() * (to - from), dice: throwDice(random) });
  }
  return entries.toSorted((a, b) => a.at - b.at);
}

const throwDice = (random: Random): Dice => [random(), random(), random(), random()];

function pickWeighted(all: readonly Action[], random: Random): Action {
  let left = random() * all.reduce((sum, { weight }) => sum + weight, 0);
  return all.find(({ weight }) => (left -= weight) < 0) ?? (all[0] as Action);
}
