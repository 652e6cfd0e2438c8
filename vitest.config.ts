import { defineConfig } from "vitest/config";
import LongFirst from "./scripts/test/long-first.mjs";

const root = import.meta.dirname;
const nowhere = ["**/node_modules/**", "**/.next*/**", "**/dist*/**", "lib/generated/**", "e2e/**"];

// Four kinds, told apart by their names; CONTRIBUTING.md says what each may do.
const kind = (name: string, include: string[], exclude: string[], timeoutSeconds: number, maxWorkers = 2) => ({
  extends: true as const,
  test: {
    name,
    isolate: false,
    setupFiles: ["scripts/test/quiet-console.ts", "scripts/test/fresh-process.ts"],
    globalSetup: name === "whole" ? ["tests/harness/start-shared-server.ts"] : [],
    include,
    exclude: [...nowhere, ...exclude],
    testTimeout: timeoutSeconds * 1000,
    hookTimeout: 30_000,
    // As long as a listener of a socket waits. Vitest's second is shorter than what a server may need beside two other files.
    expect: { poll: { timeout: 10_000 } },
    maxWorkers,
    sequence: { groupOrder: maxWorkers },
  },
});

export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    pool: "forks",
    allowOnly: false,
    restoreMocks: true,
    sequence: { sequencer: LongFirst },
    projects: [
      kind("unit", ["**/*.test.{ts,tsx}"], ["**/*.db.test.ts", "tests/**"], 5),
      kind("db", ["**/*.db.test.ts"], ["tests/**"], 15),
      // Half of the time these wait for servers and timers.
      kind("whole", ["tests/**/*.test.ts"], ["**/*.alone.test.ts"], 60, 3),
      kind("alone", ["tests/**/*.alone.test.ts"], [], 60, 1),
    ],
  },
});
