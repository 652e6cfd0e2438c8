import { type Action, ask, inTab, press } from "./action";
import { pick } from "./run-state";

/** Actions on what one's own profile says. Everybody who sees the person receives it. */
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
    name: "set one's status",
    weight: 1,
    act: inTab((run, tab, [die, moment]) => {
      const [emoji, text] = (die ?? 0) < 0.3 ? ["", ""] : ["🌧️", "Working from home"];
      const until = new Date(Date.now() + 1_000 + (moment ?? 0) * 60_000).toISOString();
      return tab.parley && ask(run, "status", press(tab.parley, "person.setStatus", { emoji, text, until }));
    }),
  },
];
