import { newestMessages } from "@/lib/client/ranges";
import type { RoomState } from "@/lib/client/room-state";
import { createThreadLog } from "@/lib/client/thread-log";
import { type Action, ask, inTab, press, roomsOf } from "./action";
import { type Dice, pick, type Run } from "./run-state";
import type { Tab } from "./tab";

/** The threads of a room that a tab knows, and few of its messages that could begin one, so that many reply in the same threads. */
function threadsOf(room: RoomState): string[] {
  const first = newestMessages(room.ranges)
    .filter(({ kind, threadId }) => kind === "person" && threadId === null)
    .slice(-3);
  return [...room.threads.keys(), ...first.map(({ id }) => id)];
}

export function someThread(tab: Tab, [roomDie, threadDie]: Dice): { roomId: string; threadId: string } | undefined {
  const room = pick(roomsOf(tab), roomDie);
  const threadId = room && pick(threadsOf(room), threadDie);
  return room && threadId ? { roomId: room.roomId, threadId } : undefined;
}

function reply(run: Run, tab: Tab, dice: Dice): void {
  const thread = someThread(tab, dice);
  if (!thread) return;
  const alsoInRoom = (dice[2] ?? 0) < 0.3;
  tab.send(thread.roomId, `message ${++run.counter} in a thread`, { reply: { threadId: thread.threadId, alsoInRoom } });
}

/** The panel that each tab shows. It is gone with its page. */
const panels = new WeakMap<Tab, () => void>();

/** Actions in threads. */
export const threadActions: Action[] = [
  { name: "reply", weight: 20, act: inTab(reply) },
  {
    name: "open a thread",
    weight: 4,
    act: inTab((_run, tab, dice) => {
      const thread = someThread(tab, dice);
      if (!thread || !tab.parley) return;
      panels.get(tab)?.();
      panels.set(tab, createThreadLog(tab.parley, thread.roomId, thread.threadId).start());
    }),
  },
  {
    name: "read a thread",
    weight: 6,
    act: inTab((run, tab, dice) => {
      const thread = someThread(tab, dice);
      return (
        thread && tab.parley && ask(run, "read a thread", tab.parley.call("thread.read", { threadId: thread.threadId }))
      );
    }),
  },
  {
    name: "mark a thread as unread",
    weight: 3,
    act: inTab((run, tab, dice) => {
      const { threadId = "" } = someThread(tab, dice) ?? {};
      const fromSeq = Math.floor((dice[3] ?? 0) * 200);
      return (
        threadId &&
        tab.parley &&
        ask(run, "mark a thread as unread", press(tab.parley, "thread.markUnread", { threadId, fromSeq }))
      );
    }),
  },
  {
    name: "move a message into a thread",
    weight: 3,
    act: inTab((run, tab, dice) => {
      const { roomId, threadId } = someThread(tab, dice) ?? {};
      const room = roomId && tab.parley?.stores.rooms.getState().rooms.get(roomId);
      const message = room && pick(newestMessages(room.ranges).slice(-5), dice[2]);
      if (!message || !threadId || !tab.parley) return null;
      return ask(run, "move", press(tab.parley, "thread.move", { threadId, messageIds: [message.id] }));
    }),
  },
  {
    name: "mute a thread",
    weight: 1,
    act: inTab((run, tab, dice) => {
      const { threadId } = someThread(tab, dice) ?? {};
      const isMuted = (dice[2] ?? 0) < 0.5;
      return (
        threadId && tab.parley && ask(run, "mute a thread", tab.parley.call("thread.setMuted", { threadId, isMuted }))
      );
    }),
  },
  {
    name: "title a thread",
    weight: 2,
    act: inTab((run, tab, dice) => {
      const { threadId } = someThread(tab, dice) ?? {};
      const title = (dice[2] ?? 0) < 0.3 ? "" : `Title ${run.counter}`;
      return threadId && tab.parley && ask(run, "title", press(tab.parley, "thread.setTitle", { threadId, title }));
    }),
  },
  {
    name: "resolve a thread, or open it again",
    weight: 2,
    act: inTab((run, tab, dice) => {
      const { threadId } = someThread(tab, dice) ?? {};
      const isResolved = (dice[2] ?? 0) < 0.6;
      return (
        threadId && tab.parley && ask(run, "resolve", press(tab.parley, "thread.setResolved", { threadId, isResolved }))
      );
    }),
  },
  {
    name: "follow a thread, or stop",
    weight: 4,
    act: inTab((run, tab, dice) => {
      const { threadId = "" } = someThread(tab, dice) ?? {};
      const isFollowed = (dice[2] ?? 0) < 0.5;
      return (
        threadId && tab.parley && ask(run, "follow", tab.parley.call("thread.setFollowed", { threadId, isFollowed }))
      );
    }),
  },
];
