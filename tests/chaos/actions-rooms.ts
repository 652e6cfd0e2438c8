import { as, type TestRoom } from "../harness/people";
import { type Action, ask, inTab, elsewhere, ownersTab, press, roomAndPerson, roomsOf } from "./action";
import { between, type Dice, pick, type Run } from "./run-state";
import type { Tab } from "./tab";

/** Changes a room in a random tab. The server refuses most people. */
const change = (
  name: string,
  act: (run: Run, tab: Tab, room: TestRoom, dice: Dice) => Promise<unknown> | null | undefined,
) =>
  inTab((run, tab, [die, ...dice]) => {
    const room = pick(tab.browser.team.rooms, die);
    const call = room && act(run, tab, room, dice);
    return call && ask(run, name, call);
  });

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
      const room = pick(tab.browser.team.rooms.slice(-2), die);
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
    name: "set a topic",
    weight: 3,
    act: change("topic", (run, tab, { id: roomId }) => {
      return tab.parley && press(tab.parley, "room.update", { roomId, topic: `topic ${++run.counter}` });
    }),
  },
  {
    name: "rename",
    weight: 2,
    // Sometimes two rooms get one name.
    act: change("rename", (run, tab, { id: roomId }, [die]) => {
      const name = (die ?? 0) < 0.3 ? "the same name" : `room ${++run.counter}`;
      return tab.parley && press(tab.parley, "room.update", { roomId, name, description: name });
    }),
  },
  {
    name: "change who may post",
    weight: 2,
    act: change("posting", (_run, tab, { id: roomId }, [die]) => {
      const postingPolicy = (die ?? 0) < 0.4 ? "moderators" : "everyone";
      return tab.parley && press(tab.parley, "room.update", { roomId, postingPolicy });
    }),
  },
  {
    name: "archive or unarchive",
    weight: 4,
    // Only one room of each team, and more often unarchived than archived, so that most messages are stored.
    act(run, [team, die]) {
      const { owner, rooms } = pick(run.teams, team) ?? {};
      const tab = owner && ownersTab(run, owner.id);
      const roomId = rooms?.[1]?.id ?? "";
      const name = (die ?? 0) < 0.4 ? "room.archive" : "room.unarchive";
      return tab?.parley && ask(run, name, press(tab.parley, name, { roomId }));
    },
  },
  {
    name: "change a room role",
    weight: 6,
    act: change("room role", (_run, tab, { id: roomId }, [personDie, roleDie]) => {
      const person = pick(tab.browser.team.people, personDie);
      const role = pick(["admin", "moderator", "member", "member"] as const, roleDie) ?? "member";
      return person && tab.parley && press(tab.parley, "membership.setRole", { roomId, personId: person.id, role });
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
