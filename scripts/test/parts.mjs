// The parts of a test run. Each part resolves to { passed, failed, output }. A thrown error counts as one failure.
import { join } from "node:path";
import { chromium } from "./chromium.mjs";
import { start } from "./command.mjs";
import { provide } from "./debian.mjs";
import { secrets } from "./stage.mjs";
import { playwrightTally, countFailure, vitestTally } from "./tallies.mjs";

/** Makes a part that runs one command. It passes if the exit code is 0. */
const check =
  (command, ...args) =>
  async (stage) => {
    await stage.installed();
    return resultOf(await start(command, args).ended);
  };

const resultOf = ({ code, output }) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output });

async function types(stage) {
  await stage.installed();
  const generated = await start("next", ["typegen"]).ended;
  if (generated.code !== 0) return resultOf(generated);
  return resultOf(await start("tsc", ["--noEmit", "--project", "tsconfig.check.json"]).ended);
}

async function vitest(stage, project, env = {}) {
  await stage.installed();
  const report = join(stage.folder, `${project}.json`);
  const reporters = ["--reporter=minimal", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--project", project, ...reporters];
  const { code, output } = await start("vitest", args, env).ended;
  return { ...countFailure(vitestTally(report), code), output };
}

async function size(stage) {
  await stage.built();
  return resultOf(await start("size-limit", []).ended);
}

async function e2e(stage, log) {
  await stage.installed();
  const browser = await chromium(log);
  const server = await stage.server();
  const report = join(stage.folder, "e2e.json");
  const settings = { PLAYWRIGHT_CHROMIUM: browser, E2E_BASE_URL: server.url, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const env = { ...server.env, ...settings }; // the tests create people and rooms in the server's database
  const { code, output } = await start("playwright", ["test", "--reporter=line,json"], env).ended;
  return { ...countFailure(playwrightTally(report), code), output: `${output}\nThe server said:\n${server.output()}` };
}

/** The programs for tests with several server processes, each with its Debian package. */
const clusterPrograms = { nginx: "nginx", "redis-server": "redis-server" };

export const parts = {
  typecheck: types,
  format: check("biome", "format"),
  lint: check("oxlint"),
  house: check("node", "scripts/check/house.mjs"),
  boundaries: check("node", "scripts/check/boundaries.mjs"),
  // Git ignores the generated tables. Without --no-gitignore, knip would not see them and report every handler as unused.
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
    await provide(clusterPrograms, log);
    await stage.built();
    const env = { ...secrets(), DATABASE_URL: await stage.database("whole") };
    return vitest(stage, "whole", env);
  },
  // Tests that measure time. No other tests run at the same time.
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

/**
 * Stages run one after another. The lanes of a stage run in parallel, the parts of a lane one after another. Each stage with
 * tests has one lane, because some tests measure time.
 */
const stages = [
  [
    ["build", "size", "typecheck"], // one after another: build and typecheck write route types to one folder
    ["format", "lint", "house", "boundaries", "deadcode", "migrations"],
  ],
  [["unit"]],
  [["db"]],
  [["whole"]],
  [["alone"]],
  [["e2e"]],
];

/** The stages, reduced to the chosen parts. */
export function lanesOf(chosen) {
  return stages.map((lanes) => lanes.map((names) => names.filter((name) => chosen.includes(name))));
}
