// Bugs in drafts, for `plants.mjs`.

export const plantsOfDrafts = [
  {
    name: "a draft overwrites newer text",
    breaks: "I27",
    where: "server",
    changes: [
      {
        in: "lib/domain/draft/write.ts",
        text: `if (current.text !== "" && current.tick !== baseTick)`,
        with: `if (current.tick < 0 && baseTick < 0)`,
      },
    ],
  },
  {
    name: "a draft of another device replaces what is typed",
    breaks: "I27",
    where: "client",
    changes: [
      {
        in: "lib/client/drafts.ts",
        text: `if (text === "" || text === other.text) return adopt(place, other);`,
        with: `if (copy) return adopt(place, other);`,
      },
    ],
  },
];
