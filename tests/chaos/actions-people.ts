import { defaultRooms } from "@/lib/contract/default-rooms";
import type { OperationName } from "@/lib/contract/index";
import { type Action, ask, elsewhere, inTab, ownersTab, press } from "./action";
import type { ListRead, RoleChange } from "./journal";
import { between, type Dice, pick, type Run } from "./run-state";
import type { Tab } from "./tab";

/** People whose role is being changed. Their next change waits, so that the order of all changes is known. */
const changing = new Set<string>();

/** Notes a change of a person's role, which `set` makes. It resolves to whether it was certainly made. */
export async function roleChangeOf(
  run: Run,
  personId: string,
  up: number | undefined,
  set: (role: RoleChange["role"]) => Promise<boolean>,
  roles: readonly [RoleChange["role"], RoleChange["role"]] = ["admin", "member"],
): Promise<void> {
  if (changing.has(personId)) return;
  changing.add(personId);
  const role = roles[(up ?? 0) < 0.5 ? 0 : 1];
  const change: RoleChange = { personId, role, askedClock: Date.now(), certainClock: null };
  run.journal.roleChanges.push(change);
  if (await set(role)) change.certainClock = Date.now();
  changing.delete(personId);
}

async function changeRole(run: Run, [team, die, up]: Dice): Promise<void> {
  const person = pick(pick(run.teams, team)?.people ?? [], die);
  const sql = `UPDATE "Person" SET role = $2 WHERE id = $1`;
  const set = (role: string) => elsewhere(run, "role", run.database.query(sql, [person?.id, role]));
  if (person) await roleChangeOf(run, person.id, up, set);
}

type Listed = { id?: string; room?: { id: string }; person?: { id: string } };

/** Reads a list in small pages to its end. Notes it if every page was answered. */
async function readList(run: Run, tab: Tab, [die, roomDie, limitDie]: Dice): Promise<void> {
  const name = pick(["room.list", "person.list", "membership.list", "person.names"] as const, die) ?? "room.list";
  const roomId = name === "membership.list" ? (pick(tab.browser.team.rooms, roomDie)?.id ?? null) : null;
  const { parley } = tab;
  if (!parley) return;
  const call = parley.call as (name: OperationName, input: object) => Promise<Record<string, unknown>>;
  const { id: personId } = tab.browser.person;
  const list: ListRead = { name, personId, tab: tab.name, roomId, from: Date.now(), to: 0, ids: [] };
  const limit = between(1, 3, limitDie);
  let after: unknown = null;
  const readPage = async () => {
    const page = await call(name, { limit, ...(roomId && { roomId }), ...(after !== null && { after }) });
    const rows = Object.values(page).find((part) => Array.isArray(part)) as Listed[];
    list.ids.push(...rows.map(({ id, room, person }) => id ?? room?.id ?? person?.id ?? ""));
    after = page.next;
  };
  do {
    if (!(await ask(run, name, readPage()))) return;
  } while (after !== null);
  list.to = Date.now();
  run.journal.lists.push(list);
}

/** Actions on an organization's people and rooms. */
export const peopleActions: Action[] = [
  { name: "change a role elsewhere", weight: 2, act: changeRole },
  {
    name: "add first rooms",
    weight: 0.5,
    act(run, [team, die, which]) {
      const owner = pick(run.teams, team)?.owner;
      const tab = owner && ownersTab(run, owner.id);
      const name = (which ?? 0) < 0.3 ? pick(defaultRooms.slice(1), die)?.name : `Topic ${++run.counter}`;
      const input = { rooms: [{ name: name ?? "" }] };
      return tab?.parley && ask(run, "add rooms", press(tab.parley, "organization.addRooms", input));
    },
  },
  { name: "read a list", weight: 3, act: inTab(readList) },
];
