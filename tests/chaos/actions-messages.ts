import { uuidv7 } from "uuidv7";
import type { Message } from "@/lib/contract/message";
import { newestMessages } from "@/lib/client/ranges";
import { as } from "../harness/people";
import { type Action, ask, inTab, elsewhere, press, roomAndPerson, roomsOf } from "./action";
import type { Change, Sent } from "./journal";
import { between, type Dice, pick, type Run, tabsOf, usableTabs } from "./run-state";
import type { Tab } from "./tab";

const messagesOf = (tab: Tab): readonly Message[] =>
  roomsOf(tab).flatMap((room) =>
    newestMessages(room.ranges)
      .slice(-15)
      .filter(({ kind, deletedAt }) => kind === "person" && !deletedAt),
  );

function sendMessage(run: Run, tab: Tab, die = 0): void {
  const room = pick(roomsOf(tab), die);
  if (room) tab.send(room.roomId, `message ${++run.counter}`);
}

/** Replies to a recent message, which somebody may be deleting. */
function reply(run: Run, tab: Tab, die = 0): void {
  const quoted = pick(messagesOf(tab), die);
  if (quoted) tab.send(quoted.roomId, `message ${++run.counter} in reply`, { replyToId: quoted.id });
}

/** Retries what was refused, and closes the tab before the answer: the other tabs of its browser have to send it. */
function retryAndClose(run: Run, tab: Tab): void {
  const refused = tab.parley?.stores.outbox.getState().entries.filter(({ state }) => state === "failed") ?? [];
  if (refused.length === 0 || tabsOf(run, tab.browser).length < 2 || run.tabs.length <= run.browsers.length) return;
  for (const { id } of refused) tab.parley?.outbox.retry(id);
  setImmediate(() => tab.close());
}

async function recordChange(run: Run, entry: Omit<Change, "doneAt">, call: Promise<unknown>): Promise<void> {
  const change: Change = { ...entry, doneAt: null };
  run.journal.changes.push(change);
  if (await ask(run, entry.kind, call)) change.doneAt = run.journal.now();
}

/** Sends two messages with one id at once: by one or two people, to one or two rooms. One room may be of another organization. */
function sendSameId(run: Run, tab: Tab, [first, second, otherDie, foreignDie]: readonly number[]): void {
  const { team } = tab.browser;
  const ownRooms = roomsOf(tab).map(({ roomId }) => roomId);
  const foreignRooms = run.teams.filter((one) => one !== team).flatMap(({ rooms }) => rooms.map(({ id }) => id));
  const neighbours = usableTabs(run).filter(({ browser }) => browser.team === team);
  const secondTab = (otherDie ?? 0) < 0.5 ? tab : (pick(neighbours, ((otherDie ?? 0) - 0.5) * 2) ?? tab);
  const id = uuidv7();
  const sends = [
    { by: tab, roomId: (foreignDie ?? 0) < 0.6 ? pick(foreignRooms, first) : pick(ownRooms, first) },
    { by: secondTab, roomId: pick(ownRooms, second) },
  ];
  for (const { by: writer, roomId } of sends) {
    if (!roomId || !writer.parley) continue;
    const body = `message ${++run.counter} under one id`;
    run.journal.claims.push({ id, body, roomId, personId: writer.browser.person.id, tab: writer.name });
    void ask(run, "claim", writer.parley.call("message.send", { roomId, id, body }));
  }
}

function markUnread(run: Run, tab: Tab, [roomDie, messageDie]: Dice): Promise<boolean> | undefined {
  const message = pick(messagesOf(tab), messageDie);
  if (message) return ask(run, "mark unread", tab.parley?.markUnread(message.roomId, message.seq) ?? Promise.resolve());
  const room = pick(roomsOf(tab), roomDie);
  return room && ask(run, "mark unread", tab.parley?.markUnread(room.roomId, 0) ?? Promise.resolve());
}

/** Actions on messages. */
export const messageActions: Action[] = [
  { name: "send", weight: 60, act: inTab((run, tab, [die]) => sendMessage(run, tab, die)) },
  {
    name: "burst",
    weight: 6,
    act: inTab((run, tab, [die, count]) => {
      for (let n = between(3, 12, count); n > 0; n--) sendMessage(run, tab, die);
    }),
  },
  { name: "reply", weight: 8, act: inTab((run, tab, [die]) => reply(run, tab, die)) },
  { name: "mark unread", weight: 3, act: inTab(markUnread) },
  { name: "retry and close the tab", weight: 3, act: inTab(retryAndClose) },
  { name: "one id twice", weight: 4, act: inTab(sendSameId) },
  {
    name: "edit",
    weight: 10,
    act: inTab((run, tab, [die]) => {
      const { id: personId } = tab.browser.person;
      const message = pick(
        messagesOf(tab).filter(({ authorId }) => authorId === personId),
        die,
      );
      if (!message || !tab.parley) return;
      const body = `edit ${++run.counter} of ${message.body.slice(0, 40)}`;
      return recordChange(
        run,
        { kind: "edit", personId, about: message.id, body },
        press(tab.parley, "message.edit", { messageId: message.id, body, basedOn: message.editedAt }),
      );
    }),
  },
  {
    name: "delete",
    weight: 7,
    act: inTab((run, tab, [die]) => {
      const { id: personId } = tab.browser.person;
      const mayAny = personId === tab.browser.team.owner.id;
      const message = pick(
        messagesOf(tab).filter(({ authorId }) => mayAny || authorId === personId),
        die,
      );
      if (!message || !tab.parley) return;
      return recordChange(
        run,
        { kind: "delete", personId, about: message.id, body: "" },
        press(tab.parley, "message.delete", { messageId: message.id }),
      );
    }),
  },
  {
    name: "a crowd writes elsewhere",
    weight: 0.5,
    act(run, dice) {
      const { owner, room } = roomAndPerson(run, dice);
      if (!owner || !room) return;
      const { journal } = run;
      // More than a catch-up or a frame can carry.
      for (let n = between(100, 260, dice[3]); n > 0; n--) {
        const [id, body, personId] = [uuidv7(), `message ${++run.counter} of a crowd`, owner.id];
        const sent: Sent = {
          id,
          body,
          roomId: room.id,
          personId,
          tab: `crowd ${id}`,
          sentAt: journal.now(),
          acknowledgedAt: null,
          failed: null,
        };
        journal.sent.set(id, sent);
        void elsewhere(run, "crowd", as(owner).do("message.send", { id, roomId: room.id, body })).then((done) => {
          if (done) sent.acknowledgedAt = journal.now();
        });
      }
    },
  },
  {
    name: "type",
    weight: 3,
    act: inTab((_run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      if (room) tab.parley?.signalTyping(room.roomId);
    }),
  },
];
