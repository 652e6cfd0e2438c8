import { Hiding } from "@/lib/contract/membership";
import { type Action, ask, inTab, press, roomsOf } from "./action";
import { pick } from "./run-state";

/** Actions on conversations, and on one's own side of rooms. Messages are sent in conversations as in every other room. */
export const directActions: Action[] = [
  {
    name: "open a conversation",
    weight: 3,
    // With one or two others, so that several people often open the same one at once.
    act: inTab((run, tab, [first, second]) => {
      const people = tab.browser.team.people.slice(0, 3);
      const personIds = [pick(people, first), pick(people, second)].flatMap((person) => (person ? [person.id] : []));
      return tab.parley && ask(run, "open a conversation", press(tab.parley, "direct.open", { personIds }));
    }),
  },
  {
    name: "hide a room or show it",
    weight: 1,
    act: inTab((run, tab, [roomDie, die]) => {
      const room = pick(roomsOf(tab), roomDie);
      const hiding = pick(Hiding.options, die) ?? "shown";
      return (
        room &&
        tab.parley &&
        ask(run, "hide", press(tab.parley, "membership.setHidden", { roomId: room.roomId, hiding }))
      );
    }),
  },
  {
    name: "mute or unmute a room",
    weight: 1,
    act: inTab((run, tab, [roomDie, die]) => {
      const room = pick(roomsOf(tab), roomDie);
      const isMuted = (die ?? 0) < 0.5;
      return (
        room &&
        tab.parley &&
        ask(run, "mute", press(tab.parley, "membership.setMuted", { roomId: room.roomId, isMuted }))
      );
    }),
  },
];
