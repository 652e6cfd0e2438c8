// The parts of a test run. Each resolves to { passed, failed, output }; what it throws is one failure.
import { join } from "node:path";
import { chromium } from "./chromium.mjs";
import { start } from "./command.mjs";
import { provide } from "./debian.mjs";
import { secrets } from "./stage.mjs";
import { playwrightTally, settle, vitestTally } from "./tallies.mjs";

/** A part that is one command: its exit code is the verdict. */
const check =
  (command, ...args) =>
  async (stage) => {
    await stage.installed();
    return verdict(await start(command, args).ended);
  };

const verdict = ({ code, output }) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output });

async function types(stage) {
  await stage.installed();
  const generated = await start("next", ["typegen"]).ended;
  if (generated.code !== 0) return verdict(generated);
  return verdict(await start("tsc", ["--noEmit", "--project", "tsconfig.check.json"]).ended);
}

async function vitest(stage, project, env = {}) {
  await stage.installed();
  const report = join(stage.folder, `${project}.json`);
  const reporters = ["--reporter=minimal", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--project", project, ...reporters];
  const { code, output } = await start("vitest", args, env).ended;
  return { ...settle(vitestTally(report), code), output };
}

async function size(stage) {
  await stage.built();
  return verdict(await start("size-limit", []).ended);
}

async function e2e(stage, log) {
  await stage.installed();
  const browser = await chromium(log);
  const server = await stage.server();
  const report = join(stage.folder, "e2e.json");
  const names = { PLAYWRIGHT_CHROMIUM: browser, E2E_BASE_URL: server.url, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const env = { ...server.env, ...names }; // the tests make their people and rooms in the server's database
  const { code, output } = await start("playwright", ["test", "--reporter=line,json"], env).ended;
  return { ...settle(playwrightTally(report), code), output: `${output}\nThe server said:\n${server.output()}` };
}

/** What several processes are tested with, by the Debian package that brings it. */
const balancing = { nginx: "nginx", "redis-server": "redis-server" };

export const parts = {
  typecheck: types,
  format: check("biome", "format"),
  lint: check("oxlint"),
  house: check("node", "scripts/check/house.mjs"),
  boundaries: check("node", "scripts/check/boundaries.mjs"),
  // The generated tables, which git ignores, import every handler.
  deadcode: check("knip", "--no-gitignore"),
  migrations: check("node", "scripts/new-migration.mjs", "--check"),
  unit: (stage) => vitest(stage, "unit"),
  db: async (stage) => vitest(stage, "db", { ...secrets(), ...(await stage.databases("db")) }),
  build: async (stage) => {
    await stage.built();
    return { passed: 1, failed: 0, output: "" };
  },
  size,
  whole: async (stage, log) => {
    await provide(balancing, log);
    await stage.built();
    const env = { ...secrets(), DATABASE_URL: await stage.database("whole") };
    return vitest(stage, "whole", env);
  },
  // What is measured in seconds runs when nothing else does.
  alone: async (stage) => {
    await stage.built();
    return vitest(
      stage,
      "alone",
      { ...secrets(), DATABASE_URL: await stage.database("alone") },
      "--no-file-parallelism",
    );
  },
  e2e,
};

/** Stages of lanes: a lane runs its parts in turn, beside the other lanes of its stage. What is timed runs when nothing else does. */
const stages = [
  [
    ["build", "size", "typecheck", "unit"], // the types of the routes are written where the build is, so not at the same time
    ["format", "lint", "house", "boundaries", "deadcode", "migrations", "db"],
  ],
  [["whole"]],
  [["alone"]],
  [["e2e"]],
];

/** The stages with the chosen parts alone. */
export function lanesOf(chosen) {
  return stages.map((lanes) => lanes.map((names) => names.filter((name) => chosen.includes(name))));
}
