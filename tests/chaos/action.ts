import { isCallError } from "@/lib/client/call-error";
import { keepIntents } from "@/lib/client/intents";
import type { Parley } from "@/lib/client/parley";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import { type Dice, pick, type Run, usableTabs } from "./run-state";
import type { Tab } from "./tab";

/** Something that people do. It chooses rooms, people and so on by its dice. A refusal is not a fault. */
export interface Action {
  name: string;
  /** How often it is chosen, relative to the others. */
  weight: number;
  act(run: Run, dice: Dice): unknown;
}

/** Codes that are normal during a run. */
const expected = new Set([
  "offline",
  "busy",
  "rate_limited",
  "not_found",
  "forbidden",
  "gone",
  "unauthenticated",
  "conflict",
  "room_archived",
]);

/** Waits for a call. Resolves to whether it succeeded, and notes an unexpected code. */
export async function ask(run: Run, what: string, call: Promise<unknown>): Promise<boolean> {
  const count = (code: string) => run.journal.answers.set(code, (run.journal.answers.get(code) ?? 0) + 1);
  try {
    await call;
    count("ok");
    return true;
  } catch (error) {
    const code = isCallError(error) ? error.code : "thrown";
    count(code);
    if (!expected.has(code)) run.journal.note(`${what} was answered ${code}: ${String(error)}`);
    return false;
  }
}

/** Calls an operation as a person would: if no answer came, once more with the same intent. */
export async function press<N extends OperationName>(parley: Parley, name: N, input: Input<N>): Promise<Output<N>> {
  const call = keepIntents(parley.call);
  try {
    return await call(name, input);
  } catch (error) {
    if (!isCallError(error) || error.code !== "offline") throw error;
    return call(name, input);
  }
}

/** An action in a random tab with a loaded page. */
export const inTab =
  (act: (run: Run, tab: Tab, dice: Dice) => unknown) =>
  (run: Run, [die, ...dice]: Dice) => {
    const tab = pick(usableTabs(run), die);
    return tab && act(run, tab, dice);
  };

/** A team's owner, one of its rooms, and somebody the owner may remove from it. */
export function roomAndPerson(run: Run, [team, room, person]: Dice) {
  const chosen = pick(run.teams, team);
  return { owner: chosen?.owner, room: pick(chosen?.rooms ?? [], room), person: pick(chosen?.people ?? [], person) };
}
/** A tab of the owner's, if there is one. */
export const ownersTab = (run: Run, ownerId: string) =>
  usableTabs(run).find((tab) => tab.browser.person.id === ownerId);

/** Does something in this process, which has no sockets: as a server process to which nobody is connected. */
export const elsewhere = (run: Run, what: string, work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      run.journal.note(`${what} elsewhere failed: ${String(error).slice(0, 200)}`);
      return false;
    },
  );

export const roomsOf = (tab: Tab) => [...(tab.parley?.stores.rooms.getState().rooms.values() ?? [])];
