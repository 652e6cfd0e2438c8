// One run: one seed, one database, so many server processes. Ends with 1 when something did not hold.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./browser";
import { startDatabase } from "./database";
import { writeEvidence } from "./evidence";
import type { Fault } from "./fault";
import { faults } from "./faults";
import { startFleet } from "./fleet";
import { invariants } from "./invariants";
import { createJournal } from "./journal";
import { play } from "./play";
import type { Run } from "./run-state";
import { makeSchedule } from "./schedule";
import { comeAndGo, type Settled, settle } from "./settle";
import { openTab } from "./tab";
import { watch } from "./watch";
import { settleVillages } from "./world";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "20" },
    processes: { type: "string", default: "1" },
    fault: { type: "string", multiple: true },
    /** The folder for the result, and for the evidence when something did not hold. */
    out: { type: "string", default: "." },
  },
});
const [seed, seconds, processes] = [values.seed, values.seconds, values.processes].map(Number) as [number, number, number];

/** Everybody of a village, every second one with two browsers, the first of which has two tabs. */
async function openBrowsers(run: Run): Promise<void> {
  for (const village of run.villages) {
    for (const [at, person] of [village.owner, ...village.people].entries()) {
      for (let number = 1; number <= 1 + (at % 2); number++) {
        const name = `${person.name} browser ${person.id.slice(-4)}.${number}`;
        const browser = await openBrowser(name, village, person, run.fleet.url);
        run.browsers.push(browser);
        const tabs = at % 2 === 1 && number === 1 ? 2 : 1;
        for (let nth = 1; nth <= tabs; nth++) {
          const tab = await openTab(`${name} tab ${nth}`, browser, run.fleet, run.journal);
          await tab.load();
          const room = village.rooms[(at + nth) % village.rooms.length];
          if (room) tab.look(room.id);
        }
      }
    }
  }
}

function possibleFaults(disk: boolean): Fault[] {
  const able = { "several processes": processes > 1, "a small disk": disk };
  const possible = faults.filter(({ name, needs }) => (!needs || able[needs]) && (values.fault?.includes(name) ?? true));
  for (const name of values.fault ?? []) {
    if (!faults.some((fault) => fault.name === name))
      throw new Error(`There is no fault "${name}". The faults are: ${faults.map((fault) => fault.name).join(", ")}.`);
  }
  return possible;
}

async function main(): Promise<number> {
  const journal = createJournal();
  const database = await startDatabase({ smallDisk: true });
  process.env.DATABASE_URL = database.url;
  const fleet = await startFleet({ count: processes, databasePort: database.port, databaseUrl: database.url, journal });
  const run: Run = { database, fleet, journal, villages: [], browsers: [], counter: 0 };
  try {
    const possible = possibleFaults(database.disk !== null);
    run.villages = await settleVillages(2);
    for (const one of fleet.processes) await fleet.start(one);
    await openBrowsers(run);
    const watching = watch(run);
    journal.note("BEGIN");
    await play(run, makeSchedule(seed, seconds, possible));
    const settled = await settle(run);
    await comeAndGo(run);
    watching.end();
    for (const check of invariants) check(run, settled.truth);
    return finish(run, settled, watching.most);
  } finally {
    await end(run);
  }
}

function finish(run: Run, { truth, viewsMs, presenceMs }: Settled, most: { memory: number; queue: number }): number {
  const { journal } = run;
  const sent = [...journal.sent.values()];
  const told = journal.connections.flatMap((one) => one.told).filter(({ event }) => event === "frame");
  const result = {
    seed,
    seconds,
    processes,
    sent: sent.length,
    acknowledged: sent.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length,
    stored: [...truth.logs.values()].flat().length,
    frames: told.length,
    sockets: journal.connections.length,
    revocations: journal.revocations.size,
    removals: [...truth.logs.values()].flat().filter(({ notice }) => notice?.type === "removed").length,
    answers: Object.fromEntries(journal.answers),
    viewsMs,
    presenceMs,
    memoryMiB: most.memory >> 20,
    queue: most.queue,
    faults: journal.faults.map(({ name }) => name),
    violations: journal.violations,
  };
  mkdirSync(values.out, { recursive: true });
  writeFileSync(path.join(values.out, "result.json"), JSON.stringify(result, null, 1));
  writeEvidence(values.out, run, truth);
  return journal.violations.length > 0 ? 1 : 0;
}

async function end({ fleet, browsers, database }: Run): Promise<void> {
  for (const { tabs } of browsers) for (const tab of [...tabs]) tab.close();
  await fleet.end();
  await database.end();
}

process.exit(await main());
