// One run: starts a database, and each system when a scenario first needs it. Collects the measurements.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { startDatabase } from "./database.mjs";
import { startEjabberd, whyNoEjabberd } from "./ejabberd/start.mjs";
import { startFloor } from "./floor/start.mjs";
import { startParley } from "./parley/server.mjs";
import { scenarios } from "./scenarios/all.mjs";

export const scenarioNames = Object.keys(scenarios);

/**
 * Runs the scenarios named in `only`. It adds a function to `endings` for everything it starts; the caller runs them in reverse.
 * Resolves to { rows, loops, faults, profiles, remarks, postgres, seconds }.
 */
export async function run({ root, only, rounds, quick, profiled, say, log, endings }) {
  const began = performance.now();
  const data = path.join(root, ".data");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(data, "bench-"));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = await startDatabase(folder, log);
  endings.push(() => database.stop());

  const remarks = [];
  const once = (start) => {
    let started;
    return () => {
      started ??= start().then((system) => {
        if (system) endings.push(() => system.stop());
        return system;
      });
      return started;
    };
  };
  const place = { root, database, folder };
  const systems = {
    Parley: once(() => startParley(place, "parley", { inspected: profiled })),
    floor: once(() => startFloor(place)),
    ejabberd: once(async () => {
      const why = whyNoEjabberd(log);
      if (!why) return startEjabberd(place);
      remarks.push(why);
      return null;
    }),
  };

  const context = {
    ...place,
    systems,
    rounds,
    quick,
    profiled,
    say,
    log,
    endings,
    cores: availableParallelism(),
    /** Starts servers for one scenario. */
    async startParley(name, options) {
      const parley = await startParley(place, name, options);
      endings.push(() => parley.stop());
      return parley;
    },
  };

  const all = { rows: [], loops: [], faults: [], profiles: [], remarks, postgres: database.version };
  for (const name of only) {
    const found = await scenarios[name](context).catch((error) => {
      say(error.stack);
      return { faults: [`${name} did not finish: ${error.message.split("\n")[0]}`] };
    });
    for (const kind of ["rows", "loops", "faults", "profiles"]) all[kind].push(...(found[kind] ?? []));
  }
  return { ...all, seconds: (performance.now() - began) / 1_000 };
}
