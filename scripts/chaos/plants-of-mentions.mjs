// Bugs in mentions, for `plants.mjs`.

export const plantsOfMentions = [
  {
    name: "a mention has no row",
    breaks: "I30",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/append-statement.ts",
        text: `\${withMentions ? targetsText : ""}`,
        with: `\${withMentions && targetsText === "" ? targetsText : ""}`,
      },
      // Without the statement that uses them, Postgres refuses these values.
      {
        in: "lib/domain/message/append-statement.ts",
        text: `      ...targetColumns(messages),`,
        with: ``,
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
