// One run: one seed, one database, and the given number of server processes. Exits with 1 if an invariant was violated.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { startRedis } from "../../scripts/test/redis.mjs";
import { openBrowser } from "./browser";
import { checkOrganizations } from "./check-organizations";
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
import { checkPresence, settle } from "./settle";
import { openTab } from "./tab";
import { readTruth } from "./truth";
import { watch } from "./watch";
import { createTeams, everybodyOf } from "./world";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "20" },
    processes: { type: "string", default: "1" },
    fault: { type: "string", multiple: true },
    /** Connects the processes through Redis instead of Postgres. */
    redis: { type: "boolean", default: false },
    /** The folder for the result and the evidence. */
    out: { type: "string", default: "." },
  },
});
const [seed, seconds, processes] = [values.seed, values.seconds, values.processes].map(Number) as [
  number,
  number,
  number,
];

/**
 * Opens a browser for everyone of each team. Every second person has two browsers, the first with two tabs. Those of the human who is
 * in both teams are in both organizations.
 */
async function openBrowsers(run: Run): Promise<void> {
  for (const team of run.teams) {
    for (const [at, person] of everybodyOf(team).entries()) {
      for (let number = 1; number <= 1 + (at % 2); number++) {
        const name = `${person.name} browser ${person.id.slice(-4)}.${number}`;
        const { twin } = person;
        const sibling = twin && run.browsers.find((one) => one.person === twin && one.sibling === null);
        const browser = await openBrowser(name, { team, person, sibling }, run.fleet.url);
        run.browsers.push(browser);
        const tabs = at % 2 === 1 && number === 1 ? 2 : 1;
        for (let nth = 1; nth <= tabs; nth++) {
          const tab = await openTab(`${name} tab ${nth}`, browser, run);
          await tab.load();
          const room = team.rooms[(at + nth) % team.rooms.length];
          if (room) tab.look(room.id);
        }
      }
    }
  }
}

function possibleFaults(disk: boolean): Fault[] {
  const available = { "several processes": processes > 1, "a small disk": disk };
  const possible = faults.filter(
    ({ name, needs, rare }) => (!needs || available[needs]) && (values.fault?.includes(name) ?? !rare),
  );
  for (const name of values.fault ?? []) {
    if (!faults.some((fault) => fault.name === name))
      throw new Error(`There is no fault "${name}". The faults are: ${faults.map((fault) => fault.name).join(", ")}.`);
  }
  return possible;
}

/** Starts the database and the fleet. A signal or an uncaught error takes everything down. */
async function setUp(): Promise<Run> {
  const journal = createJournal();
  const database = await startDatabase({ smallDisk: true });
  // The test harness, which creates people and acts "elsewhere", uses this database.
  process.env.DATABASE_URL = database.url;
  const redis = values.redis ? await startRedis() : null;
  const fleet = await startFleet({
    count: processes,
    databasePort: database.port,
    databaseUrl: database.url,
    redisUrl: redis && new URL(redis.url),
    journal,
  });
  const run: Run = { database, redis, fleet, journal, teams: [], browsers: [], tabs: [], counter: 0 };
  const stop = (code: number) => void takeDown(run).finally(() => process.exit(code));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop(130));
  // Without a result file, scripts/chaos.mjs reports that the run broke off.
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
  run.teams = await createTeams(2);
  for (const one of fleet.processes) await fleet.start(one);
  await openBrowsers(run);
  const watching = watch(run);
  journal.note("BEGIN");
  await play(run, makeSchedule(seed, seconds, possible));
  const settled = await settle(run);
  await checkPresence(run);
  watching.end();
  const truth = await readTruth(database);
  for (const check of invariants) check(run, truth);
  await checkOrganizations(run, truth);
  const { acknowledged, ...result } = resultOf(run, truth);
  // A run without load proves nothing.
  if (acknowledged < seconds)
    journal.violation("--", `Only ${acknowledged} sends were acknowledged, too few to prove anything.`);
  const all = { seed, seconds, processes, acknowledged, ...result, ...settled, ...watching.seen() };
  writeFileSync(path.join(values.out, "result.json"), JSON.stringify(all, null, 1));
  writeEvidence(values.out, run, truth);
}

mkdirSync(values.out, { recursive: true });
const run = await setUp();
try {
  await perform(run);
} catch (error) {
  // Without a result file, scripts/chaos.mjs reports that the run broke off.
  console.error(error);
  writeEvidence(values.out, run, null);
}
await takeDown(run);
process.exit(run.journal.violations.length > 0 ? 1 : 0);
