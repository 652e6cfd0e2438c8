// After the faults: everything runs again, and whoever has something to send opens their browser.
import { until } from "../../scripts/setup/until.mjs";
import { signIn } from "./browser";
import type { Journal } from "./journal";
import { type Run, tabsOf } from "./run-state";
import { openTab } from "./tab";
import { readTruth, type Truth } from "./truth";
import { type Difference, differencesOf, presenceDifferences } from "./views";

/** How long all may take to agree, in milliseconds: a dead line is noticed after 20 s, a dead process's people after 35 s. */
const settleWithinMs = 40_000;
/** How soon everybody must know that somebody is here, or is not. */
const seenHereWithinMs = 2_000;
const seenGoneWithinMs = 35_000;
const lookEveryMs = 250;

/** From the end of the faults until every tab showed what is so; and who is here, which follows. */
export interface Settled {
  viewsMs: number;
  presenceMs: number;
}

export async function settle(run: Run): Promise<Settled> {
  const { database, fleet, browsers, journal } = run;
  await database.start();
  for (const one of fleet.processes) {
    one.removed = false;
    fleet.goOn(one);
    await fleet.start(one);
  }
  journal.note("SETTLING");
  for (const browser of browsers) {
    const { revokedSessions } = await readTruth(database);
    // Whoever was deactivated cannot come back.
    if (revokedSessions.has(browser.sessionId) && !(await signIn(browser, fleet.url))) continue;
    if (tabsOf(run, browser).length === 0) await openTab(`${browser.name} tab ${++run.counter}`, browser, run);
    for (const tab of tabsOf(run, browser)) if (!tab.parley || tab.sessionId !== browser.sessionId) void tab.load();
  }
  const began = journal.now();
  const views = await agree(run, differencesOf, began);
  const presence = await agree(run, presenceDifferences, began);
  report(journal, [...views.left, ...presence.left]);
  return { viewsMs: views.ms, presenceMs: presence.ms };
}

/** Looks until nothing differs, or the time is over. */
async function agree(
  run: Run,
  differences: (run: Run, truth: Truth) => Difference[],
  began: number,
  withinMs = settleWithinMs,
) {
  for (let before = -1; ; ) {
    const left = differences(run, await readTruth(run.database));
    const ms = Math.round(run.journal.now() - began - run.journal.delayedSince(began));
    if (left.length === 0 || ms > withinMs) return { left, ms };
    if (left.length !== before) run.journal.note(`${left.length} differences: ${left[0]?.sentence}`);
    before = left.length;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function report(journal: Journal, left: Difference[]): void {
  for (const { invariant, sentence } of left) {
    const tab = /^Person \S+ browser \S+ tab \S+/.exec(sentence)?.[0] ?? sentence;
    journal.violation(invariant, sentence, journal.about(tab, 30));
  }
}

/** Somebody goes and comes back: everybody who may know is told in time, both ways. */
export async function comeAndGo(run: Run): Promise<void> {
  const online = new Set(
    run.tabs.flatMap(({ parley, browser: of }) =>
      parley?.stores.connection.getState().status === "online" ? [of.person] : [],
    ),
  );
  const browser = run.browsers.find(
    ({ person }) => online.has(person) && run.browsers.filter((other) => other.person === person).length === 1,
  );
  if (!browser) return;
  for (const tab of tabsOf(run, browser)) tab.close();
  const { journal } = run;
  const gone = await agree(run, presenceDifferences, journal.now(), seenGoneWithinMs);
  for (const { sentence } of gone.left) journal.violation("I12", sentence);
  journal.note(`${browser.name} was seen to be gone after ${gone.ms} ms`);
  const tab = await openTab(`${browser.name} tab ${++run.counter}`, browser, run);
  await tab.load();
  await until(() => tab.parley?.stores.connection.getState().status === "online", settleWithinMs);
  const back = await agree(run, presenceDifferences, journal.now(), seenHereWithinMs);
  journal.note(`${browser.name} was seen to be back after ${back.ms} ms`);
  for (const { sentence } of back.left) journal.violation("I12", sentence);
}
