import type { Output } from "@/lib/contract/index";
import { type Action, ask, inTab } from "./action";
import { revoke } from "./actions-pages";
import { checkListed } from "./check-organizations";
import { pick, usableTabs } from "./run-state";

/** Actions on the organizations of an account. One human is in both, with the same browsers. */
export const organizationActions: Action[] = [
  {
    name: "list one's organizations",
    weight: 2,
    act: inTab(async (run, tab) => {
      let answer: Output<"organization.list"> | undefined;
      const asked = tab.parley?.call("organization.list", {}).then((listed) => (answer = listed));
      if (asked && (await ask(run, "organizations", asked)) && answer) checkListed(run, tab, answer);
    }),
  },
  {
    name: "leave the organization",
    weight: 0.1,
    act(run, [team, die]) {
      const person = pick(pick(run.teams, team)?.people.slice(2) ?? [], die);
      const tab = usableTabs(run).find(({ browser }) => browser.person === person);
      if (!person || !tab?.parley) return;
      const { parley } = tab;
      const sessions = run.browsers.filter((one) => one.person === person).map(({ sessionId }) => sessionId);
      // Without an invite, they can't sign in there again.
      person.spareSessions.length = 0;
      let done: Promise<unknown> | undefined;
      const leave = () =>
        (done ??= parley.call("organization.leave", {}).then(() => run.journal.deactivated.set(person.id, Date.now())));
      return Promise.all(sessions.map((sessionId) => revoke(run, sessionId, leave)));
    },
  },
];
