import { type Action, ask, inTab } from "./action";
import { sessionsOf, signIn } from "./browser";
import { pick, type Run, tabsOf } from "./run-state";
import { openTab } from "./tab";

/** Actions on pages and sessions. */
export const pageActions: Action[] = [
  {
    name: "be idle or active",
    weight: 2,
    act: inTab((_run, tab) => {
      tab.active = !tab.active;
      tab.parley?.setActive(tab.active);
    }),
  },
  {
    name: "revoke a login",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const others = run.browsers.filter((one) => one.person === tab.browser.person && one.sessionId !== tab.sessionId);
      const other = pick(others, die);
      if (!other || !tab.parley) return;
      const { sessionId } = other;
      // Ends the login in all organizations.
      let done: Promise<unknown> | undefined;
      const end = () => (done ??= tab.parley?.call("session.revoke", { sessionId }));
      return Promise.all(sessionsOf(other).map((each) => revoke(run, each, end)));
    }),
  },
  {
    name: "revoke a login elsewhere",
    weight: 2,
    act(run, [die]) {
      const other = pick(run.browsers, die);
      if (!other) return;
      const sql = `UPDATE "Session" SET "revokedAt" = now() WHERE id = $1 AND "revokedAt" IS NULL`;
      return revoke(run, other.sessionId, () => run.database.query(sql, [other.sessionId]));
    },
  },
  {
    name: "deactivate somebody elsewhere",
    weight: 0.2,
    act(run, [team, die]) {
      const person = pick(pick(run.teams, team)?.people.slice(2) ?? [], die);
      if (!person) return;
      const sessions = run.browsers.filter((one) => one.person === person).map(({ sessionId }) => sessionId);
      // A deactivated person cannot sign in again.
      person.spareSessions.length = 0;
      const sql = `UPDATE "Person" SET "deactivatedAt" = now() WHERE id = $1 AND "deactivatedAt" IS NULL`;
      // Starts when the first revocation waits for it, so a failure is always handled.
      let done: Promise<unknown> | undefined;
      const deactivate = () =>
        (done ??= run.database.query(sql, [person.id]).then(() => run.journal.deactivated.set(person.id, Date.now())));
      return Promise.all(sessions.map((sessionId) => revoke(run, sessionId, deactivate)));
    },
  },
  {
    name: "sign in again",
    weight: 4,
    async act(run, [die]) {
      const signedOut = run.tabs.filter((tab) => tab.parley?.stores.connection.getState().status === "signed_out");
      const tab = pick(signedOut, die);
      if (!tab) return;
      if (tab.sessionId === tab.browser.sessionId && !(await signIn(tab.browser, run.fleet.url))) return;
      await tab.load();
    },
  },
  {
    name: "open a tab",
    weight: 3,
    async act(run, [die]) {
      const browser = pick(run.browsers, die);
      if (!browser || tabsOf(run, browser).length >= 3) return;
      const tab = await openTab(`${browser.name} tab ${++run.counter}`, browser, run);
      await tab.load();
    },
  },
  {
    name: "close a tab",
    weight: 2,
    act(run, [die]) {
      // Keeps at least as many tabs as browsers.
      if (run.tabs.length > run.browsers.length) pick(run.tabs, die)?.close();
    },
  },
  { name: "reload", weight: 4, act: (run, [die]) => pick(run.tabs, die)?.load() },
];

export async function revoke(run: Run, sessionId: string, work: () => Promise<unknown> | undefined): Promise<void> {
  const { journal } = run;
  const revocation = { askedAt: journal.now(), certainAt: null, certainClock: null };
  if (journal.revocations.has(sessionId)) return;
  journal.revocations.set(sessionId, revocation);
  const done = await ask(run, "revoke", work() ?? Promise.reject(new Error("The page is gone.")));
  journal.note(`login ${sessionId.slice(-6)} revoked: ${done ? "certain" : "unknown"}`);
  if (done) Object.assign(revocation, { certainAt: journal.now(), certainClock: Date.now() });
}
