import { as } from "../harness/people";
import { type Action, ask, elsewhere, inTab, press, roomAndPerson } from "./action";
import type { BanChange } from "./journal";
import { type Dice, pick, type Run } from "./run-state";
import type { Tab } from "./tab";

/** People who are being banned or unbanned in a room. The next change waits, so that the order of all changes is known. */
const changing = new Set<string>();

/** The owner bans somebody from a room, or more often lifts a ban, so that most people are in most rooms. */
async function changeBan(run: Run, dice: Dice): Promise<void> {
  const { owner, room, person } = roomAndPerson(run, dice);
  if (!owner || !room || !person) return;
  const key = `${room.id} ${person.id}`;
  if (changing.has(key)) return;
  changing.add(key);
  const last = run.journal.bans.findLast(({ roomId, personId }) => roomId === room.id && personId === person.id);
  const isBanned = !(last?.isBanned ?? false);
  const change: BanChange = {
    roomId: room.id,
    personId: person.id,
    isBanned,
    askedClock: Date.now(),
    certainClock: null,
  };
  run.journal.bans.push(change);
  const call = as(owner).ask(isBanned ? "ban.add" : "ban.remove", { roomId: room.id, personId: person.id });
  let isDone = false;
  await elsewhere(
    run,
    "ban",
    call.then((answer) => (isDone = answer.ok || answer.error.code === "not_found")),
  );
  if (isDone) change.certainClock = Date.now();
  changing.delete(key);
}

const answerInvite = (name: "roomInvite.accept" | "roomInvite.decline") =>
  inTab((run: Run, tab: Tab, [die]: Dice) => {
    const invite = pick(tab.parley?.stores.rooms.getState().invites ?? [], die);
    return invite && tab.parley && ask(run, name, press(tab.parley, name, { roomInviteId: invite.id }));
  });

/** Actions on room invites and bans. */
export const inviteActions: Action[] = [
  {
    name: "invite to a room",
    weight: 5,
    act: inTab((run, tab, [roomDie, personDie]) => {
      const room = pick(tab.browser.team.rooms, roomDie);
      const person = pick(tab.browser.team.people, personDie);
      if (!room || !person || !tab.parley) return;
      const input = { roomId: room.id, personId: person.id, note: `note ${++run.counter}` };
      return ask(run, "invite", press(tab.parley, "roomInvite.send", input));
    }),
  },
  { name: "accept an invite", weight: 4, act: answerInvite("roomInvite.accept") },
  { name: "decline an invite", weight: 1, act: answerInvite("roomInvite.decline") },
  {
    name: "withdraw an invite",
    weight: 1,
    act: inTab(async (run, tab, [die]) => {
      const { parley } = tab;
      if (!parley) return;
      const withdraw = async () => {
        const { invites } = await parley.call("roomInvite.listSent", {});
        const invite = pick(
          invites.filter(({ state }) => state === "pending"),
          die,
        );
        if (invite) await press(parley, "roomInvite.withdraw", { roomInviteId: invite.id });
      };
      await ask(run, "withdraw", withdraw());
    }),
  },
  { name: "ban or unban elsewhere", weight: 2, act: changeBan },
];
