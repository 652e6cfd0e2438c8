import type { startRedis } from "../../scripts/test/redis.mjs";
import type { Browser } from "./browser";
import type { Database } from "./database";
import type { Fleet } from "./fleet";
import type { Journal } from "./journal";
import type { Tab } from "./tab";
import type { Team } from "./world";

/** The state of a run, used by actions, faults and checks. */
export interface Run {
  database: Database;
  /** Connects the processes; null if Postgres does. */
  redis: Awaited<ReturnType<typeof startRedis>> | null;
  fleet: Fleet;
  journal: Journal;
  teams: Team[];
  browsers: Browser[];
  tabs: Tab[];
  /** Counts up, so that no two messages have the same text. */
  counter: number;
}

/** Random numbers from 0 to 1, from the schedule. An action or fault uses them to choose among rooms, people and so on. */
export type Dice = readonly number[];

export function pick<T>(all: readonly T[], die = 0): T | undefined {
  return all[Math.floor(die * all.length)];
}

/** A whole number from `from` to `to`, both included. */
export const between = (from: number, to: number, die = 0): number => from + Math.floor(die * (to - from + 1));

export const tabsOf = (run: Run, browser: Browser): Tab[] => run.tabs.filter((tab) => tab.browser === browser);
/** Tabs whose page is loaded and that are not signed out. */
export const usableTabs = (run: Run): Tab[] =>
  run.tabs.filter(({ parley }) => parley && parley.stores.connection.getState().status !== "signed_out");
