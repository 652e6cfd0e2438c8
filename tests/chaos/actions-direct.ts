import { Hiding } from "@/lib/contract/membership";
import { type Action, ask, inTab, press, roomsOf } from "./action";
import { type Dice, pick } from "./run-state";
import type { Tab } from "./tab";

/** One or two of the first people of a team, so that several people often choose the same ones at once. */
function fewPeople(tab: Tab, dice: Dice): string[] {
  const people = tab.browser.team.people.slice(0, 3);
  return dice.slice(0, 2).flatMap((die) => pick(people, die)?.id ?? []);
}

/** Actions on conversations, and on one's own side of rooms. */
export const directActions: Action[] = [
  {
    name: "send a first message",
    weight: 3,
    act: inTab((run, tab, dice) => {
      const others = new Set(fewPeople(tab, dice));
      others.delete(tab.browser.person.id);
      if (others.size > 0) tab.sendToPeople([...others], `message ${++run.counter}`);
    }),
  },
  {
    name: "open a conversation",
    weight: 3,
    act: inTab(
      (run, tab, dice) =>
        tab.parley &&
        ask(run, "open a conversation", press(tab.parley, "direct.open", { personIds: fewPeople(tab, dice) })),
    ),
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
