// One run: one seed, one database, so many server processes. Ends with 1 when something did not hold.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { startRedis } from "../../scripts/test/redis.mjs";
import { openBrowser } from "./browser";
import { startDatabase } from "./database";
import { resultOf, writeEvidence } from "./evidence";
import type { Fault } from "./fault";
import { faults } from "./faults";
import { startFleet } from "./fleet";
import { invariants } from "./invariants";
import { createJournal } from "./journal";
import { play } from "./play";
import type { Run } from "./run-state";
import { makeSchedule } from "./schedule";
import { comeAndGo, settle } from "./settle";
import { openTab } from "./tab";
import { readTruth } from "./truth";
import { watch } from "./watch";
import { settleVillages } from "./world";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "20" },
    processes: { type: "string", default: "1" },
    fault: { type: "string", multiple: true },
    /** Processes tell each other through Redis instead of Postgres. */
    redis: { type: "boolean", default: false },
    /** The folder for the result, and for the evidence when something did not hold. */
    out: { type: "string", default: "." },
  },
});
const [seed, seconds, processes] = [values.seed, values.seconds, values.processes].map(Number) as [
  number,
  number,
  number,
];

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
          const tab = await openTab(`${name} tab ${nth}`, browser, run);
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
  const possible = faults.filter(
    ({ name, needs, rare }) => (!needs || able[needs]) && (values.fault?.includes(name) ?? !rare),
  );
  for (const name of values.fault ?? []) {
    if (!faults.some((fault) => fault.name === name))
      throw new Error(`There is no fault "${name}". The faults are: ${faults.map((fault) => fault.name).join(", ")}.`);
  }
  return possible;
}

/** Everything that is under way, and what takes it down. */
async function setUp(): Promise<Run> {
  const journal = createJournal();
  const database = await startDatabase({ smallDisk: true });
  // Whoever writes people and rooms, or does something "elsewhere", does it on this database.
  process.env.DATABASE_URL = database.url;
  const redis = values.redis ? await startRedis() : null;
  const fleet = await startFleet({
    count: processes,
    databasePort: database.port,
    databaseUrl: database.url,
    redisUrl: redis?.url,
    journal,
  });
  const run: Run = { database, redis, fleet, journal, villages: [], browsers: [], tabs: [], counter: 0 };
  const stop = (code: number) => void takeDown(run).finally(() => process.exit(code));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop(130));
  // Whoever started us finds no result then.
  process.once("uncaughtException", (error) => {
    console.error(error);
    stop(1);
  });
  return run;
}

async function takeDown({ fleet, tabs, database, redis }: Run): Promise<void> {
  for (const tab of tabs.slice()) tab.close();
  await fleet.end();
  await redis?.stop();
  await database.end();
}

async function perform(run: Run): Promise<void> {
  const { journal, database, fleet } = run;
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
  const truth = await readTruth(database);
  for (const check of invariants) check(run, truth);
  const { acknowledged, ...result } = resultOf(run, truth);
  // What is easy to keep was not tried.
  if (acknowledged < seconds)
    journal.violation("--", `Only ${acknowledged} sends were acknowledged: that shows nothing.`);
  const all = { seed, seconds, processes, acknowledged, ...result, ...settled, ...watching.seen() };
  writeFileSync(path.join(values.out, "result.json"), JSON.stringify(all, null, 1));
  writeEvidence(values.out, run, truth);
}

mkdirSync(values.out, { recursive: true });
const run = await setUp();
try {
  await perform(run);
} catch (error) {
  // Without a result whoever started us says so.
  console.error(error);
  writeEvidence(values.out, run, null);
}
await takeDown(run);
process.exit(run.journal.violations.length > 0 ? 1 : 0);
