import { expect, test } from "vitest";
import { scrub } from "./environment.mjs";
import { countFailure } from "./tallies.mjs";

test.each([
  ["all passed", { passed: 3, failed: 0 }, 0, { passed: 3, failed: 0 }],
  ["some failed", { passed: 3, failed: 2 }, 1, { passed: 3, failed: 2 }],
  ["all passed, but the program says it failed", { passed: 3, failed: 0 }, 1, { passed: 3, failed: 1 }],
  ["no test was found", { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
  ["the program died before it could report", undefined, 134, { passed: 0, failed: 1 }],
])("%s", (_, tally, code, verdict) => {
  expect(countFailure(tally, code)).toEqual(verdict);
});

test("a run does not see what the machine has set", () => {
  const odd = {
    NODE_ENV: "production",
    PORT: "1",
    LC_ALL: "xx",
    DATABASE_URL: "x",
    AUTH_SECRET: "x",
    CI: "false",
    NODE_OPTIONS: "-x",
    npm_config_omit: "dev",
  };
  const env: Record<string, string> = {
    ...odd,
    PATH: "/bin",
    HOME: "/root",
    npm_config_registry: "https://registry.example",
  };
  scrub(env, "/parley");
  expect(env).toMatchObject({
    PATH: "/parley/node_modules/.bin:/bin",
    HOME: "/root",
    npm_config_registry: "https://registry.example",
    CI: "true",
  });
  expect(Object.keys(env).filter((name) => name !== "CI" && Object.hasOwn(odd, name))).toEqual([]);
});
