// Bugs in mentions, for `plants.mjs`.

export const plantsOfMentions = [
  {
    name: "a mention has no row",
    breaks: "I30",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/append-mentions.ts",
        text: `JOIN fresh f ON f.id = t.id)`,
        with: `JOIN fresh f ON f.id = t.id WHERE false)`,
      },
    ],
  },
  {
    name: "who reads is not told that a group means them",
    breaks: "I7",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/addressed.ts",
        text: `meansReader ? { ...message, isForMe: true } : message;`,
        with: `meansReader && message.seq < 0 ? { ...message, isForMe: true } : message;`,
      },
    ],
  },
];
