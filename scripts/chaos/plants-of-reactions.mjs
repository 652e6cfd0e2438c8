// Bugs in reactions, for `plants.mjs`.

export const plantsOfReactions = [
  {
    name: "a reaction told without its tick",
    breaks: "I3",
    where: "server",
    changes: [
      {
        in: "lib/domain/reaction/store.ts",
        text: `changedSeq: tick,`,
        with: `changedSeq: found.clock,`,
      },
    ],
  },
  {
    name: "a message takes any number of emoji",
    breaks: "I28",
    where: "server",
    changes: [
      {
        in: "lib/domain/reaction/store.ts",
        text: `return shown < most`,
        with: `return shown >= 0`,
      },
    ],
  },
];
