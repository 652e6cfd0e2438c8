import { newestMessages } from "@/lib/client/ranges";
import { react } from "@/lib/client/react";
import { emojiList } from "@/lib/contract/emoji-list";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { type Action, ask, inTab, press, roomsOf } from "./action";
import { between, pick } from "./run-state";
import type { Tab } from "./tab";

/** Few, so that many people react with the same emoji at once, and take them back. */
const emojis = ["🎉", "👍", "❤️"] as const;

/** More than a message can have. */
const manyEmojis = emojiList.slice(0, limits.reactionKinds + 10);

/** The newest messages, deleted ones too: to react to those is refused. */
const messagesOf = (tab: Tab): readonly Message[] =>
  roomsOf(tab).flatMap(({ ranges }) =>
    newestMessages(ranges)
      .slice(-6)
      .filter(({ kind }) => kind === "person"),
  );

/** Actions on reactions. */
export const reactionActions: Action[] = [
  {
    name: "react",
    weight: 14,
    act: inTab((run, tab, [messageDie, emojiDie, giveDie = 0]) => {
      const [message, emoji] = [pick(messagesOf(tab), messageDie), pick(emojis, emojiDie)];
      if (!message || !emoji || !tab.parley) return;
      return ask(run, "react", react(tab.parley, message.id, emoji, giveDie < 0.6));
    }),
  },
  {
    name: "react and take it back many times at once",
    weight: 3,
    act: inTab((run, tab, [messageDie, emojiDie, countDie]) => {
      const [message, emoji] = [pick(messagesOf(tab), messageDie), pick(emojis, emojiDie)];
      if (!message || !emoji || !tab.parley) return;
      const { parley } = tab;
      for (let n = between(4, 11, countDie); n > 0; n--)
        void ask(run, "react many times", react(parley, message.id, emoji, n % 2 === 0));
    }),
  },
  {
    name: "react with many emoji",
    weight: 2,
    act: inTab((run, tab, [messageDie, emojiDie = 0]) => {
      // Few messages, so that several people bring one of them to its limit together.
      const message = pick(
        messagesOf(tab).filter(({ seq }) => seq % 4 === 0),
        messageDie,
      );
      if (!message || !tab.parley) return;
      const first = Math.floor(emojiDie * manyEmojis.length);
      for (const emoji of [...manyEmojis.slice(first), ...manyEmojis.slice(0, first)])
        void ask(run, "react with many", press(tab.parley, "reaction.add", { messageId: message.id, emoji }));
    }),
  },
  {
    name: "react without waiting for the answer",
    weight: 4,
    act: inTab((run, tab, [messageDie, emojiDie]) => {
      const [message, emoji] = [pick(messagesOf(tab), messageDie), pick(emojis, emojiDie)];
      if (!message || !emoji || !tab.parley) return;
      for (const name of ["reaction.add", "reaction.remove"] as const)
        void ask(run, "react without waiting", press(tab.parley, name, { messageId: message.id, emoji }));
    }),
  },
];
