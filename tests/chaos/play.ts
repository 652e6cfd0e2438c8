import type { Fault } from "./fault";
import type { Dice, Run } from "./run-state";
import type { Entry } from "./schedule";

/** Starts every action and fault when it is due. Resolves when the last has started and every fault is mended. */
export async function play(run: Run, schedule: Entry[]): Promise<void> {
  const { journal } = run;
  const breaker = createBreaker(run);
  const began = journal.now();
  for (const entry of schedule) {
    const wait = entry.at - (journal.now() - began);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if ("fault" in entry) breaker.strike(entry.fault, entry.dice, entry.ms);
    else {
      const { name, act } = entry.action;
      // Does not wait for the answer: people act independently.
      void (async () => act(run, entry.dice))().catch((error: unknown) => journal.note(`${name}: ${String(error)}`));
    }
  }
  await breaker.mendAll();
}

function createBreaker(run: Run) {
  const { journal } = run;
  const broken = new Set<() => Promise<void>>();
  const striking: Promise<void>[] = [];

  async function strike(fault: Fault, dice: Dice, ms: number): Promise<void> {
    const { name } = fault;
    const span = { name, from: journal.now(), to: null as number | null };
    journal.faults.push(span);
    journal.note(`FAULT ${name} ${fault.forGood ? "for good" : `for ${Math.round(ms)} ms`}`);
    const mend = await attempt(name, () => fault.strike(run, dice));
    if (!mend) {
      journal.note(`NOTHING TO DO for ${name}`);
      span.to = journal.now();
      return;
    }
    const end = async () => {
      if (!broken.delete(end)) return;
      await attempt(`mending ${name}`, mend);
      span.to ??= journal.now();
      journal.note(`MENDED ${name}`);
    };
    broken.add(end);
    if (fault.forGood) span.to = journal.now();
    else setTimeout(() => void end(), ms).unref();
  }
  async function attempt<T>(what: string, work: () => T): Promise<Awaited<T> | undefined> {
    try {
      return await work();
    } catch (error) {
      journal.note(`${what} failed: ${String(error)}`);
      return undefined;
    }
  }
  return {
    strike: (fault: Fault, dice: Dice, ms: number) => void striking.push(strike(fault, dice, ms)),
    async mendAll(): Promise<void> {
      await Promise.all(striking);
      await Promise.all([...broken].map((end) => end()));
    },
  };
}
