import type { startRedis } from "../../scripts/test/redis.mjs";
import type { Browser } from "./browser";
import type { Database } from "./database";
import type { Fleet } from "./fleet";
import type { Journal } from "./journal";
import type { Tab } from "./tab";
import type { Village } from "./world";

/** Everything that actions, faults and checks work on. */
export interface Run {
  database: Database;
  /** By what processes tell each other, when that is not Postgres. */
  redis: Awaited<ReturnType<typeof startRedis>> | null;
  fleet: Fleet;
  journal: Journal;
  villages: Village[];
  browsers: Browser[];
  tabs: Tab[];
  /** Counts up, so that nothing is written twice. */
  counter: number;
}

/** Random numbers from 0 to 1 that the schedule gave to one action or fault: it chooses by them from what there is. */
export type Dice = readonly number[];

export function pick<T>(all: readonly T[], die = 0): T | undefined {
  return all[Math.floor(die * all.length)];
}

/** A whole number from `from` to `to`, both included. */
export const between = (from: number, to: number, die = 0): number => from + Math.floor(die * (to - from + 1));

export const tabsOf = (run: Run, browser: Browser): Tab[] => run.tabs.filter((tab) => tab.browser === browser);
/** Tabs whose page is loaded and whose login has not ended. */
export const usableTabs = (run: Run): Tab[] =>
  run.tabs.filter(({ parley }) => parley && parley.stores.connection.getState().status !== "signed_out");
