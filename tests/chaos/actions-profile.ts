import { MessageLayout } from "@/lib/contract/preferences";
import { type Action, ask, inTab, press } from "./action";
import type { PresenceChosen } from "./journal";
import { pick } from "./run-state";

/** Actions on what others see of oneself (one's profile and one's presence), and on one's own preferences. */
export const profileActions: Action[] = [
  {
    name: "change one's profile",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const title = pick(["", "Site reliability", "مهندسة", "编辑"], die) ?? "";
      const timeZone = pick([null, "Europe/Lisbon", "Asia/Kathmandu"], die) ?? null;
      return tab.parley && ask(run, "profile", press(tab.parley, "person.update", { title, timeZone }));
    }),
  },
  {
    name: "change one's handle",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      // Everybody has two of their own, so that nobody is refused.
      const handle = `${pick(["one", "two"], die) ?? "one"}-${tab.browser.person.id.slice(-12)}`;
      return tab.parley && ask(run, "handle", press(tab.parley, "person.update", { handle }));
    }),
  },
  {
    name: "set one's status",
    weight: 1,
    act: inTab((run, tab, [die, moment]) => {
      const [emoji, text] = (die ?? 0) < 0.3 ? ["", ""] : ["🌧️", "Working from home"];
      const until = new Date(Date.now() + 1_000 + (moment ?? 0) * 60_000).toISOString();
      return tab.parley && ask(run, "status", press(tab.parley, "person.setStatus", { emoji, text, until }));
    }),
  },
  {
    name: "choose one's presence",
    weight: 2,
    act: inTab(async (run, tab, [die, endDie, moment]) => {
      const choice = pick(["auto", "dnd", "offline", "offline"] as const, die) ?? "auto";
      const end = new Date(Date.now() + 1_000 + (moment ?? 0) * 20_000).toISOString();
      const until = (endDie ?? 0) < 0.5 ? end : null;
      if (!tab.parley) return;
      const { journal } = run;
      const chosen: PresenceChosen = { personId: tab.browser.person.id, choice, askedAt: journal.now(), doneAt: null };
      journal.presenceChosen.push(chosen);
      if (await ask(run, "presence", press(tab.parley, "presence.choose", { choice, until })))
        chosen.doneAt = journal.now();
    }),
  },
  {
    name: "choose how messages are shown",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const messageLayout = pick(MessageLayout.options, die) ?? "byKind";
      return tab.parley && ask(run, "layout", press(tab.parley, "preferences.update", { messageLayout }));
    }),
  },
];
