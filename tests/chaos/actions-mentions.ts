import { newestMessages } from "@/lib/client/ranges";
import { type Action, ask, inTab, press, roomsOf } from "./action";
import { someThread } from "./actions-threads";
import { pick, type Run } from "./run-state";
import type { Tab } from "./tab";

/** What somebody may write to mention: a person, whose handle may be changing, the group, those who are active, or everybody. */
function signFor(tab: Tab, dice: readonly number[]): string {
  const { team } = tab.browser;
  const [kindDie = 0, personDie] = dice;
  if (kindDie < 0.2) return "@room";
  if (kindDie < 0.35) return "@here";
  if (kindDie < 0.6) return `@${team.groupHandle}`;
  const handles = [...(tab.parley?.stores.people.getState().people.values() ?? [])].map(({ handle }) => `@${handle}`);
  return pick(handles, personDie) ?? "@nobody";
}

function mention(run: Run, tab: Tab, [roomDie, ...dice]: readonly number[]): void {
  const room = pick(roomsOf(tab), roomDie);
  if (room) tab.send(room.roomId, `message ${++run.counter} for ${signFor(tab, dice)}`);
}

function mentionInThread(run: Run, tab: Tab, dice: readonly number[]): void {
  const thread = someThread(tab, dice);
  if (!thread) return;
  const reply = { threadId: thread.threadId, alsoInRoom: (dice[2] ?? 0) < 0.6 };
  tab.send(thread.roomId, `message ${++run.counter} in a thread for ${signFor(tab, dice.slice(3))}`, { reply });
}

/** Actions on mentions. */
export const mentionActions: Action[] = [
  { name: "mention", weight: 12, act: inTab(mention) },
  { name: "mention in a thread", weight: 5, act: inTab(mentionInThread) },
  {
    name: "add a mention with an edit, or remove one",
    weight: 5,
    act: inTab((run, tab, [messageDie, addDie = 0, ...dice]) => {
      const { id: personId } = tab.browser.person;
      const own = roomsOf(tab).flatMap(({ ranges }) =>
        newestMessages(ranges)
          .slice(-15)
          .filter(({ authorId, kind, deletedAt }) => authorId === personId && kind === "person" && !deletedAt),
      );
      const message = pick(own, messageDie);
      if (!message || !tab.parley) return;
      const body = `edit ${++run.counter}${addDie < 0.6 ? ` for ${signFor(tab, dice)}` : ""}`;
      const change = { kind: "edit" as const, personId, about: message.id, body, doneAt: null as number | null };
      run.journal.changes.push(change);
      const edited = press(tab.parley, "message.edit", { messageId: message.id, body, basedOn: message.editedAt });
      return ask(run, "mention in an edit", edited).then((isDone) => {
        if (isDone) change.doneAt = run.journal.now();
      });
    }),
  },
];
