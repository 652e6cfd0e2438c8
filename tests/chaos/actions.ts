// What people do. Each action chooses by its dice from what there is at that moment; what is refused is no fault.
import { isCallError } from "@/lib/client/call-error";
import type { Message } from "@/lib/contract/message";
import { as } from "../harness/people";
import { signIn } from "./browser";
import type { Change } from "./journal";
import { between, type Dice, pick, type Run, tabsOf, usableTabs } from "./run-state";
import { openTab, type Tab } from "./tab";

export interface Action {
  name: string;
  /** How often it is chosen, against the others. */
  weight: number;
  act(run: Run, dice: Dice): unknown;
}

/** A refusal that says what may well be so. */
const expected = new Set(["offline", "busy", "rate_limited", "not_found", "forbidden", "gone", "unauthenticated", "conflict"]);

/** Asks, and tells whether the answer was a yes. */
async function ask(run: Run, what: string, call: Promise<unknown>): Promise<boolean> {
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

const roomsOf = (tab: Tab) => [...(tab.parley?.stores.rooms.getState().rooms.values() ?? [])];
const messagesOf = (tab: Tab): readonly Message[] =>
  roomsOf(tab).flatMap((room) => room.messages.slice(-15).filter(({ kind, deletedAt }) => kind === "person" && !deletedAt));

function write(run: Run, tab: Tab, die = 0): void {
  const room = pick(roomsOf(tab), die);
  if (room) tab.send(room.roomId, `message ${++run.counter}`);
}

async function change(run: Run, entry: Omit<Change, "doneAt">, call: Promise<unknown>): Promise<void> {
  const made: Change = { ...entry, doneAt: null };
  run.journal.changes.push(made);
  if (await ask(run, entry.kind, call)) made.doneAt = run.journal.now();
}

const by =
  (act: (run: Run, tab: Tab, dice: Dice) => unknown) =>
  (run: Run, [die, ...dice]: Dice) => {
    const tab = pick(usableTabs(run), die);
    return tab && act(run, tab, dice);
  };

/** A village, one of its rooms and somebody who may be put out of it. */
function roomAndPerson(run: Run, [village, room, person]: Dice) {
  const chosen = pick(run.villages, village);
  return { owner: chosen?.owner, room: pick(chosen?.rooms ?? [], room), person: pick(chosen?.people ?? [], person) };
}
/** A tab of the owner's, if there is one. */
const ownersTab = (run: Run, ownerId: string) => usableTabs(run).find((tab) => tab.browser.person.id === ownerId);

/** Another process does it, one that has no sockets: this one. */
const elsewhere = (run: Run, what: string, work: Promise<unknown>) =>
  work.catch((error: unknown) => run.journal.note(`${what} elsewhere failed: ${String(error).slice(0, 200)}`));

export const actions: Action[] = [
  { name: "send", weight: 60, act: by((run, tab, [die]) => write(run, tab, die)) },
  {
    name: "burst",
    weight: 6,
    act: by((run, tab, [die, count]) => {
      for (let n = between(3, 12, count); n > 0; n--) write(run, tab, die);
    }),
  },
  {
    name: "edit",
    weight: 10,
    act: by((run, tab, [die]) => {
      const { id: personId } = tab.browser.person;
      const message = pick(messagesOf(tab).filter(({ authorId }) => authorId === personId), die);
      if (!message || !tab.parley) return;
      const body = `edit ${++run.counter} of ${message.body.slice(0, 40)}`;
      return change(run, { kind: "edit", personId, about: message.id, body, upToSeq: 0 }, tab.parley.messages.edit(message.id, body));
    }),
  },
  {
    name: "delete",
    weight: 7,
    act: by((run, tab, [die]) => {
      const { id: personId } = tab.browser.person;
      const mayAny = personId === tab.browser.village.owner.id;
      const message = pick(messagesOf(tab).filter(({ authorId }) => mayAny || authorId === personId), die);
      if (!message || !tab.parley) return;
      return change(run, { kind: "delete", personId, about: message.id, body: "", upToSeq: 0 }, tab.parley.messages.delete(message.id));
    }),
  },
  {
    name: "read",
    weight: 16,
    act: by((_run, tab, [die, back]) => {
      const room = pick(roomsOf(tab), die);
      if (room) tab.parley?.markRead(room.roomId, Math.max(0, room.clock - between(0, 4, back)));
    }),
  },
  {
    name: "look",
    weight: 8,
    act: by((_run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      if (room) tab.look(room.roomId);
    }),
  },
  {
    name: "scroll",
    weight: 3,
    act: by((run, tab) => tab.parley && tab.room && ask(run, "a page", tab.parley.log.loadBefore(tab.room))),
  },
  {
    name: "type",
    weight: 3,
    act: by((_run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      if (room) tab.parley?.signalTyping(room.roomId);
    }),
  },
  {
    name: "be idle or active",
    weight: 2,
    act: by((_run, tab) => {
      tab.active = !tab.active;
      tab.parley?.setActive(tab.active);
    }),
  },
  {
    name: "join",
    weight: 2,
    act: by((run, tab, [die]) => {
      const room = pick(tab.browser.village.rooms.slice(-1), die);
      return room && tab.parley && ask(run, "join", tab.parley.rooms.join(room.id));
    }),
  },
  {
    name: "leave",
    weight: 1,
    act: by((run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      if (tab.browser.person.id === tab.browser.village.owner.id) return;
      return room && tab.parley && ask(run, "leave", tab.parley.rooms.leave(room.roomId));
    }),
  },
  {
    name: "remove",
    weight: 3,
    act(run, dice) {
      const { owner, room, person } = roomAndPerson(run, dice);
      const tab = owner && ownersTab(run, owner.id);
      return room && person && tab?.parley && ask(run, "remove", tab.parley.rooms.remove(room.id, person.id));
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
      return room && person && tab?.parley && ask(run, "add", tab.parley.rooms.add(room.id, [person.id]));
    },
  },
  {
    name: "revoke a login",
    weight: 1,
    act: by((run, tab, [die]) => {
      const others = run.browsers.filter((one) => one.person === tab.browser.person && one.sessionId !== tab.sessionId);
      const other = pick(others, die);
      if (!other || !tab.parley) return;
      const { sessionId } = other;
      return revoke(run, sessionId, () => tab.parley?.call("session.revoke", { sessionId }));
    }),
  },
  {
    name: "revoke a login elsewhere",
    weight: 2,
    act(run, [die]) {
      const other = pick(run.browsers, die);
      if (!other) return;
      const sql = `UPDATE "Session" SET "revokedAt" = now() WHERE id = $1 AND "revokedAt" IS NULL`;
      return revoke(run, other.sessionId, () => run.database.query(sql, [other.sessionId]));
    },
  },
  {
    name: "sign in again",
    weight: 4,
    async act(run, [die]) {
      const out = tabsOf(run).filter((tab) => tab.parley?.stores.connection.getState().status === "signed_out");
      const tab = pick(out, die);
      if (!tab) return;
      if (tab.sessionId === tab.browser.sessionId && !(await signIn(tab.browser, run.fleet.url))) return;
      await tab.load();
    },
  },
  {
    name: "open a tab",
    weight: 3,
    async act(run, [die]) {
      const browser = pick(run.browsers, die);
      if (!browser || browser.tabs.length >= 3) return;
      const tab = await openTab(`${browser.name} tab ${++run.counter}`, browser, run.fleet, run.journal);
      await tab.load();
    },
  },
  {
    name: "close a tab",
    weight: 2,
    act(run, [die]) {
      // Somebody must be left in the room.
      const all = tabsOf(run);
      if (all.length > run.browsers.length) pick(all, die)?.close();
    },
  },
  { name: "reload", weight: 4, act: (run, [die]) => pick(tabsOf(run), die)?.load() },
];

async function revoke(run: Run, sessionId: string, work: () => Promise<unknown> | undefined): Promise<void> {
  const { journal } = run;
  const revocation = { askedAt: journal.now(), certainAt: null, certainClock: null };
  if (journal.revocations.has(sessionId)) return;
  journal.revocations.set(sessionId, revocation);
  const done = await ask(run, "revoke", work() ?? Promise.reject(new Error("The page is gone.")));
  journal.note(`login ${sessionId.slice(-6)} revoked: ${done ? "certain" : "unknown"}`);
  if (done) Object.assign(revocation, { certainAt: journal.now(), certainClock: Date.now() });
}
