// After the faults: everything runs again, and everyone has a browser open, so that waiting messages are sent.
import { until } from "../../scripts/setup/until.mjs";
import { signIn } from "./browser";
import type { Journal } from "./journal";
import { type Run, tabsOf } from "./run-state";
import { openTab } from "./tab";
import { readTruth, type Truth } from "./truth";
import type { Difference } from "./difference";
import { differencesOf, presenceDifferences } from "./views";

/** How long tabs may take to agree, in ms. A dead connection is noticed after 20 s, the absence of a dead process's people after 35 s. */
const settleWithinMs = 40_000;
/** How soon everybody must see that somebody is present, or gone. */
const seenHereWithinMs = 2_000;
const seenGoneWithinMs = 35_000;
const lookEveryMs = 250;

/** The time from the end of the faults until every tab showed the stored state, and then the right presence. */
export interface Settled {
  viewsMs: number;
  presenceMs: number;
}

export async function settle(run: Run): Promise<Settled> {
  const { database, fleet, browsers, journal } = run;
  await database.start();
  for (const one of fleet.processes) {
    one.removed = false;
    fleet.resume(one);
    await fleet.start(one);
  }
  journal.note("SETTLING");
  for (const browser of browsers) {
    const { revokedSessions } = await readTruth(database);
    // A deactivated person cannot sign in again.
    if (revokedSessions.has(browser.sessionId) && !(await signIn(browser, fleet.url))) continue;
    if (tabsOf(run, browser).length === 0) await openTab(`${browser.name} tab ${++run.counter}`, browser, run);
    for (const tab of tabsOf(run, browser)) if (!tab.parley || tab.sessionId !== browser.sessionId) void tab.load();
  }
  await drain(run);
  const began = journal.now();
  const views = await agree(run, differencesOf, began);
  // Over HTTP, a tab receives everything but presence.
  for (const { link } of run.tabs) link.change({ letsSocketsThrough: true });
  const presence = await agree(run, presenceDifferences, began);
  report(journal, [...views.left, ...presence.left]);
  return { viewsMs: views.ms, presenceMs: presence.ms };
}

/**
 * Waits until every message was sent, or none was for as long as tabs may take to agree. On a slow machine, many may wait, and
 * each takes its time.
 */
async function drain({ tabs, journal }: Run): Promise<void> {
  let fewest = Number.POSITIVE_INFINITY;
  let latest = journal.now();
  for (;;) {
    const waiting = tabs
      .flatMap(({ parley }) => (parley ? [parley.stores] : []))
      .filter(({ connection }) => connection.getState().status !== "signed_out")
      .flatMap(({ outbox }) => outbox.getState().entries.filter(({ state }) => state === "waiting")).length;
    if (waiting < fewest) latest = journal.now();
    fewest = Math.min(fewest, waiting);
    if (waiting === 0 || journal.now() - latest - journal.delayedSince(latest) > settleWithinMs) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Checks until nothing differs or the time is over. Resolves to the remaining differences and the ms it took. */
async function agree(
  run: Run,
  differences: (run: Run, truth: Truth) => Difference[],
  began: number,
  withinMs = settleWithinMs,
) {
  for (let before = -1; ; ) {
    const lookedAt = run.journal.now();
    const left = differences(run, await readTruth(run.database));
    const ms = Math.round(run.journal.now() - began - run.journal.delayedSince(began));
    if (left.length === 0 || ms > withinMs) return { left, ms };
    if (left.length !== before) run.journal.note(`${left.length} differences: ${left[0]?.sentence}`);
    before = left.length;
    // The tabs run in this process too. On a slow machine, looking all the time would leave them no time to catch up.
    const lookMs = run.journal.now() - lookedAt;
    await new Promise((resolve) => setTimeout(resolve, Math.max(lookEveryMs, 3 * lookMs)));
  }
}

function report(journal: Journal, left: Difference[]): void {
  for (const { invariant, sentence } of left) {
    const tab = /^Person \S+ browser \S+ tab \S+/.exec(sentence)?.[0] ?? sentence;
    journal.violation(invariant, sentence, journal.about(tab, 30));
  }
}

/** Somebody disconnects and returns. Everybody who may know must see both in time. */
export async function checkPresence(run: Run): Promise<void> {
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
  const afterLeaving = await agree(run, presenceDifferences, journal.now(), seenGoneWithinMs);
  for (const { sentence } of afterLeaving.left) journal.violation("I12", sentence);
  journal.note(`${browser.name} was seen to be gone after ${afterLeaving.ms} ms`);
  const tab = await openTab(`${browser.name} tab ${++run.counter}`, browser, run);
  await tab.load();
  await until(() => tab.parley?.stores.connection.getState().status === "online", settleWithinMs);
  const afterReturning = await agree(run, presenceDifferences, journal.now(), seenHereWithinMs);
  journal.note(`${browser.name} was seen to be back after ${afterReturning.ms} ms`);
  for (const { sentence } of afterReturning.left) journal.violation("I12", sentence);
}
