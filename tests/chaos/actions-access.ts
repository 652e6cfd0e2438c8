import type { OperationName } from "@/lib/contract/index";
import { as } from "../harness/people";
import { type Action, ask, elsewhere, ownersTab, press } from "./action";
import { type Dice, pick, type Run } from "./run-state";
import type { Team } from "./world";

/** Does something in a tab of the owner of a random team. */
const asOwner =
  (act: (team: Team, dice: Dice) => { [N in OperationName]?: object } | null) =>
  (run: Run, [die, ...dice]: Dice) => {
    const team = pick(run.teams, die);
    const tab = team && ownersTab(run, team.owner.id);
    const [name, input] = Object.entries((team && act(team, dice)) ?? {})[0] ?? [];
    return tab?.parley && name && ask(run, name, press(tab.parley, name as OperationName, input as never));
  };

/** Actions that change who can find and join a room, and what newcomers see of it. */
export const accessActions: Action[] = [
  {
    name: "change access",
    weight: 2,
    // Only of the public room and the one of the group, and more often open than private, so that people join them.
    act: asOwner(({ rooms, groupId }, [roomDie, die]) => {
      const access = pick(["public", "public", "restricted", "restricted", "private"] as const, die) ?? "public";
      const roomId = pick(rooms.slice(-2), roomDie)?.id ?? "";
      return { "room.setAccess": { roomId, access, groupIds: access === "restricted" ? [groupId] : [] } };
    }),
  },
  {
    name: "change the history for newcomers",
    weight: 2,
    act: asOwner(({ rooms }, [roomDie, die]) => {
      const history = (die ?? 0) < 0.5 ? "fromJoining" : "everything";
      return { "room.update": { roomId: pick(rooms.slice(-3), roomDie)?.id ?? "", history } };
    }),
  },
  {
    name: "join the group",
    weight: 4,
    act: asOwner(({ people, groupId }, [die]) => {
      return { "group.addMembers": { groupId, personIds: [pick(people, die)?.id ?? ""] } };
    }),
  },
  {
    name: "leave the group",
    weight: 3,
    act: asOwner(({ people, groupId }, [die]) => {
      return { "group.removeMembers": { groupId, personIds: [pick(people, die)?.id ?? ""] } };
    }),
  },
  {
    name: "leave the group elsewhere",
    weight: 1,
    act(run, [teamDie, die]) {
      const team = pick(run.teams, teamDie);
      const person = pick(team?.people ?? [], die);
      if (!team || !person) return;
      const input = { groupId: team.groupId, personIds: [person.id] };
      return elsewhere(run, "leave the group", as(team.owner).ask("group.removeMembers", input));
    },
  },
];
