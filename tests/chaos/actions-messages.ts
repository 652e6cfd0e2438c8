import { uuidv7 } from "uuidv7";
import type { Message } from "@/lib/contract/message";
import { as } from "../harness/people";
import { type Action, ask, by, elsewhere, press, roomAndPerson, roomsOf } from "./action";
import type { Change, Sent } from "./journal";
import { between, pick, type Run, usableTabs } from "./run-state";
import type { Tab } from "./tab";

const messagesOf = (tab: Tab): readonly Message[] =>
  roomsOf(tab).flatMap((room) =>
    room.messages.slice(-15).filter(({ kind, deletedAt }) => kind === "person" && !deletedAt),
  );

function write(run: Run, tab: Tab, die = 0): void {
  const room = pick(roomsOf(tab), die);
  if (room) tab.send(room.roomId, `message ${++run.counter}`);
}

async function change(run: Run, entry: Omit<Change, "doneAt">, call: Promise<unknown>): Promise<void> {
  const made: Change = { ...entry, doneAt: null };
  run.journal.changes.push(made);
  if (await ask(run, entry.kind, call)) made.doneAt = run.journal.now();
}

/** One id, named by several sends at once: of one person or two, to one room or two, one of which may not be theirs. */
function claim(run: Run, tab: Tab, [first, second, other, stranger]: readonly number[]): void {
  const { village } = tab.browser;
  const theirs = roomsOf(tab).map(({ roomId }) => roomId);
  const elsewhereRooms = run.villages
    .filter((one) => one !== village)
    .flatMap(({ rooms }) => rooms.map(({ id }) => id));
  const neighbours = usableTabs(run).filter(({ browser }) => browser.village === village);
  const also = (other ?? 0) < 0.5 ? tab : (pick(neighbours, ((other ?? 0) - 0.5) * 2) ?? tab);
  const id = uuidv7();
  const sends = [
    { by: tab, roomId: (stranger ?? 0) < 0.6 ? pick(elsewhereRooms, first) : pick(theirs, first) },
    { by: also, roomId: pick(theirs, second) },
  ];
  for (const { by: writer, roomId } of sends) {
    if (!roomId || !writer.parley) continue;
    const body = `message ${++run.counter} under one id`;
    run.journal.claims.push({ id, body, roomId, personId: writer.browser.person.id, tab: writer.name });
    void ask(run, "claim", writer.parley.call("message.send", { roomId, id, body }));
  }
}

/** What people do with messages. */
export const messageActions: Action[] = [
  { name: "send", weight: 60, act: by((run, tab, [die]) => write(run, tab, die)) },
  {
    name: "burst",
    weight: 6,
    act: by((run, tab, [die, count]) => {
      for (let n = between(3, 12, count); n > 0; n--) write(run, tab, die);
    }),
  },
  { name: "one id twice", weight: 4, act: by(claim) },
  {
    name: "edit",
    weight: 10,
    act: by((run, tab, [die]) => {
      const { id: personId } = tab.browser.person;
      const message = pick(
        messagesOf(tab).filter(({ authorId }) => authorId === personId),
        die,
      );
      if (!message || !tab.parley) return;
      const body = `edit ${++run.counter} of ${message.body.slice(0, 40)}`;
      return change(
        run,
        { kind: "edit", personId, about: message.id, body },
        press(tab.parley, "message.edit", { messageId: message.id, body, basedOn: message.editedAt }),
      );
    }),
  },
  {
    name: "delete",
    weight: 7,
    act: by((run, tab, [die]) => {
      const { id: personId } = tab.browser.person;
      const mayAny = personId === tab.browser.village.owner.id;
      const message = pick(
        messagesOf(tab).filter(({ authorId }) => mayAny || authorId === personId),
        die,
      );
      if (!message || !tab.parley) return;
      return change(
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
      // More than a catch-up or a frame holds.
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
    act: by((_run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      if (room) tab.parley?.signalTyping(room.roomId);
    }),
  },
];
