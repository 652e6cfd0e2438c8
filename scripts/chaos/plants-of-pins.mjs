// Bugs in pins and replies, for `plants.mjs`.

export const plantsOfPins = [
  {
    name: "a pin told without its tick",
    breaks: "I3",
    where: "server",
    changes: [
      {
        in: "lib/domain/pin/add.ts",
        text: `data: { changedSeq, pinnedAt: new Date(), pinnedById: actor.personId },`,
        with: `data: { changedSeq: changedSeq && message.changedSeq, pinnedAt: new Date(), pinnedById: actor.personId },`,
      },
    ],
  },
  {
    name: "an edit of a pinned message does not say that the pins changed",
    breaks: "I29",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/edit.ts",
        text: `(message.pinnedAt ? tickPins : tick)`,
        with: `(message.id ? tick : tickPins)`,
      },
    ],
  },
  {
    name: "a room takes any number of pins",
    breaks: "I29",
    where: "server",
    changes: [
      {
        in: "lib/domain/pin/add.ts",
        text: `if (count >= limits.pins)`,
        with: `if (count < 0)`,
      },
    ],
  },
  {
    name: "what a reply quotes is not stored",
    breaks: "I4",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/append-statement.ts",
        text: `f.body, f.quoted,`,
        with: `f.body, NULL::uuid,`,
      },
    ],
  },
];
