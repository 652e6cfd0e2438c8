import { aPicture } from "../harness/picture";
import { type Action, ask, ownersTab, press } from "./action";
import type { RoleChange } from "./journal";
import { revoke } from "./actions-pages";
import { roleChangeOf } from "./actions-people";
import { pick, type Run } from "./run-state";

const ownerIn = (run: Run, team = 0) => {
  const chosen = pick(run.teams, team);
  const tab = chosen && ownersTab(run, chosen.owner.id);
  return chosen && tab?.parley ? { team: chosen, parley: tab.parley } : null;
};

/** How long a guest's access lasts, and how long requests from before its end may still take, in ms. */
const [guestStaysMs, endsWithinMs] = [3_000, 2_000];

/** What owners do in the settings. */
export const administrationActions: Action[] = [
  {
    name: "change a role",
    weight: 2,
    act: (run, [team, die, up]) => {
      const owner = ownerIn(run, team);
      const person = pick(owner?.team.people ?? [], die);
      return (
        owner &&
        person &&
        roleChangeOf(run, person.id, up, (role) =>
          ask(run, "a role", press(owner.parley, "organization.setRole", { personId: person.id, role })),
        )
      );
    },
  },
  {
    name: "make somebody a guest, or a member again",
    weight: 0.5,
    act: (run, [team, die, up]) => {
      const owner = ownerIn(run, team);
      const person = pick(owner?.team.people.slice(2) ?? [], die);
      const set = (role: RoleChange["role"]) =>
        owner
          ? ask(run, "a role", press(owner.parley, "organization.setRole", { personId: person?.id ?? "", role }))
          : Promise.resolve(false);
      return owner && person && roleChangeOf(run, person.id, up, set, ["guest", "member"]);
    },
  },
  {
    name: "deactivate somebody",
    weight: 0.2,
    act(run, [team, die]) {
      const owner = ownerIn(run, team);
      const person = pick(owner?.team.people.slice(2) ?? [], die);
      if (!owner || !person) return;
      const sessions = run.browsers.filter((one) => one.person === person).map(({ sessionId }) => sessionId);
      // Their unused sessions are revoked too, so they cannot sign in again.
      person.spareSessions.length = 0;
      let done: Promise<unknown> | undefined;
      const deactivate = () =>
        (done ??= press(owner.parley, "person.deactivate", { personId: person.id }).then(() =>
          run.journal.deactivated.set(person.id, Date.now()),
        ));
      return Promise.all(sessions.map((sessionId) => revoke(run, sessionId, deactivate)));
    },
  },
  {
    name: "reactivate somebody",
    weight: 0.3,
    // Their logins do not come back, so nothing of theirs is stored or sent afterwards.
    act(run, [team, die]) {
      const owner = ownerIn(run, team);
      const wanted = owner?.team.people.filter(({ id }) => run.journal.deactivated.has(id)) ?? [];
      const person = pick(wanted, die);
      return (
        owner && person && ask(run, "reactivate", press(owner.parley, "person.reactivate", { personId: person.id }))
      );
    },
  },
  {
    name: "end a guest's stay",
    weight: 0.2,
    // Ends as part of the change of role, so that the next change of their role waits for it.
    act(run, [team, die]) {
      const owner = ownerIn(run, team);
      const person = pick(owner?.team.people.slice(2) ?? [], die);
      const end = async (role: RoleChange["role"]) => {
        const personId = person?.id ?? "";
        if (!owner || !person) return false;
        if (!(await ask(run, "a role", press(owner.parley, "organization.setRole", { personId, role })))) return false;
        const endsAt = Date.now() + guestStaysMs;
        const input = { personId, endsAt: new Date(endsAt).toISOString() };
        if (!(await ask(run, "an end", press(owner.parley, "person.setEnd", input)))) return true;
        const sessions = run.browsers.filter((one) => one.person === person).map(({ sessionId }) => sessionId);
        // An ended guest cannot sign in again.
        person.spareSessions.length = 0;
        await new Promise((resolve) => setTimeout(resolve, endsAt + endsWithinMs - Date.now()));
        run.journal.deactivated.set(personId, Date.now());
        await Promise.all(sessions.map((sessionId) => revoke(run, sessionId, () => Promise.resolve())));
        return true;
      };
      return person && roleChangeOf(run, person.id, 0, end, ["guest", "member"]);
    },
  },
  {
    name: "create a room with people in it",
    weight: 1,
    async act(run, [team, die]) {
      const owner = ownerIn(run, team);
      const person = pick(owner?.team.people ?? [], die);
      if (!owner || !person) return;
      const name = `short-lived ${++run.counter}`;
      const create = press(owner.parley, "room.create", { name }).then(({ room }) =>
        press(owner.parley, "membership.add", { roomId: room.id, personIds: [person.id] }),
      );
      await ask(run, "create", create);
    },
  },
  {
    name: "delete a room",
    weight: 1,
    act(run, [team, die]) {
      const owner = ownerIn(run, team);
      const rooms = [...(owner?.parley.stores.rooms.getState().rooms.values() ?? [])];
      const room = pick(
        rooms.flatMap((each) => (each.room.name?.startsWith("short-lived") ? [each.room] : [])),
        die,
      );
      const name = room?.name;
      return owner && name && ask(run, "delete", press(owner.parley, "room.delete", { roomId: room.id, name }));
    },
  },
  {
    name: "change a setting",
    weight: 0.5,
    act(run, [team, die]) {
      const owner = ownerIn(run, team);
      const change = { membersSetTopic: (die ?? 0) < 0.7 };
      return owner && ask(run, "a setting", press(owner.parley, "organization.update", change));
    },
  },
  {
    name: "change the organization's icon",
    weight: 0.5,
    act(run, [team, die]) {
      const owner = ownerIn(run, team);
      const picture = (die ?? 0) < 0.3 ? null : aPicture();
      return owner && ask(run, "an icon", press(owner.parley, "organization.setPicture", { picture }));
    },
  },
];
