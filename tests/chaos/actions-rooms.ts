import { as } from "../harness/people";
import { type Action, ask, inTab, elsewhere, ownersTab, press, roomAndPerson, roomsOf } from "./action";
import { between, pick } from "./run-state";

/** Actions on rooms. */
export const roomActions: Action[] = [
  {
    name: "read",
    weight: 16,
    act: inTab((_run, tab, [die, back]) => {
      const room = pick(roomsOf(tab), die);
      if (room) tab.parley?.markRead(room.roomId, Math.max(0, room.clock - between(0, 4, back)));
    }),
  },
  {
    name: "look",
    weight: 8,
    act: inTab((_run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      if (room) tab.look(room.roomId);
    }),
  },
  {
    name: "scroll",
    weight: 3,
    act: inTab((run, tab) => tab.parley && tab.room && ask(run, "a page", tab.parley.log.loadOlder(tab.room))),
  },
  {
    name: "join",
    weight: 2,
    act: inTab((run, tab, [die]) => {
      const room = pick(tab.browser.team.rooms.slice(-1), die);
      return room && tab.parley && ask(run, "join", press(tab.parley, "membership.join", { roomId: room.id }));
    }),
  },
  {
    name: "leave",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      if (tab.browser.person.id === tab.browser.team.owner.id) return;
      return room && tab.parley && ask(run, "leave", press(tab.parley, "membership.leave", { roomId: room.roomId }));
    }),
  },
  {
    name: "remove",
    weight: 3,
    act(run, dice) {
      const { owner, room, person } = roomAndPerson(run, dice);
      const tab = owner && ownersTab(run, owner.id);
      return (
        room &&
        person &&
        tab?.parley &&
        ask(run, "remove", press(tab.parley, "membership.remove", { roomId: room.id, personId: person.id }))
      );
    },
  },
  {
    name: "remove elsewhere",
    weight: 2,
    act(run, dice) {
      const { owner, room, person } = roomAndPerson(run, dice);
      if (!owner || !room || !person) return;
      return elsewhere(run, "remove", as(owner).ask("membership.remove", { roomId: room.id, personId: person.id }));
    },
  },
  {
    name: "add",
    weight: 7,
    act(run, dice) {
      const { owner, room, person } = roomAndPerson(run, dice);
      const tab = owner && ownersTab(run, owner.id);
      return (
        room &&
        person &&
        tab?.parley &&
        ask(run, "add", press(tab.parley, "membership.add", { roomId: room.id, personIds: [person.id] }))
      );
    },
  },
];
