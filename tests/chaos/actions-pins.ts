import { newestMessages } from "@/lib/client/ranges";
import { type Action, ask, inTab, press, roomsOf } from "./action";
import { pick } from "./run-state";
import type { Tab } from "./tab";

/** Few messages of each room, so that several people pin and unpin the same ones at once. */
const messagesOf = (tab: Tab) =>
  roomsOf(tab).flatMap((room) =>
    newestMessages(room.ranges)
      .filter(({ kind, deletedAt }) => kind === "person" && !deletedAt)
      .slice(-6),
  );

/** A bit more than half of what a room can have, so that two people bring it to its limit. */
const manyPins = 30;

/** Actions on pinned messages. */
export const pinActions: Action[] = [
  {
    name: "pin",
    weight: 3,
    act: inTab((run, tab, [die]) => {
      const message = pick(messagesOf(tab), die);
      return message && tab.parley && ask(run, "pin", press(tab.parley, "pin.add", { messageId: message.id }));
    }),
  },
  {
    name: "pin many messages",
    weight: 2,
    act: inTab((run, tab, [startDie = 0]) => {
      // The liveliest room, so that several people bring it to its limit together.
      const [room] = roomsOf(tab).toSorted((a, b) => b.clock - a.clock);
      const { parley } = tab;
      if (!room || !parley) return;
      const messages = newestMessages(room.ranges).filter(({ kind, deletedAt }) => kind === "person" && !deletedAt);
      const first = Math.floor(startDie * Math.max(1, messages.length - manyPins));
      for (const { id: messageId } of messages.slice(first, first + manyPins))
        void ask(run, "pin many", press(parley, "pin.add", { messageId }));
    }),
  },
  {
    name: "unpin",
    weight: 3,
    act: inTab((run, tab, [die]) => {
      const pinned = roomsOf(tab).flatMap(({ ranges }) => newestMessages(ranges).filter(({ pinnedAt }) => pinnedAt));
      const message = pick(pinned, die);
      return message && tab.parley && ask(run, "unpin", press(tab.parley, "pin.remove", { messageId: message.id }));
    }),
  },
  {
    name: "look at the pins",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const room = pick(roomsOf(tab), die);
      return room && tab.parley && ask(run, "look at the pins", tab.parley.call("pin.list", { roomId: room.roomId }));
    }),
  },
];
