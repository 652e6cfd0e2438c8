import { type Action, ask, inTab, press } from "./action";
import { pick } from "./run-state";

/** Actions on whom one blocks. Several tabs of a person often change it at once, while the blocked people write. */
export const blockActions: Action[] = [
  {
    name: "block somebody",
    weight: 2,
    act: inTab((run, tab, [die]) => {
      const { people, owner } = tab.browser.team;
      // Few people, so that those who are blocked write often, and are unblocked again.
      const person = pick([owner, ...people.slice(0, 3)], die);
      return (
        person && tab.parley && ask(run, "block somebody", press(tab.parley, "block.add", { personId: person.id }))
      );
    }),
  },
  {
    name: "unblock somebody",
    weight: 2,
    act: inTab((run, tab, [die]) => {
      const ids = [...(tab.parley?.stores.rooms.getState().blocked.ids ?? [])];
      const personId = pick(ids, die);
      return personId && tab.parley && ask(run, "unblock somebody", press(tab.parley, "block.remove", { personId }));
    }),
  },
];
