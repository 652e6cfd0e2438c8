// Bugs in what people may know of each other, for `plants.mjs`.

export const plantsOfPeople = [
  {
    name: "guests are told of everybody",
    breaks: "I26",
    where: "server",
    changes: [
      {
        in: "lib/domain/organization/log.ts",
        text: `frame.people.filter(({ id }) => id === guestId || visibleTo.get(guestId)?.has(id))`,
        with: `frame.people.filter(({ id }) => visibleTo || id)`,
      },
    ],
  },
  {
    name: "a conversation is found by the order of its people",
    breaks: "I25",
    where: "server",
    changes: [
      {
        in: "lib/domain/direct/open.ts",
        text: `const ids = [...new Set([personId, ...input.personIds])].toSorted();`,
        with: `const ids = [...new Set([personId, ...input.personIds])];`,
      },
    ],
  },
  {
    name: "the organization that a request names is ignored",
    breaks: "I15",
    where: "server",
    changes: [
      {
        in: "lib/server/actor.ts",
        text: `wanted === undefined ? rows : rows.filter((row) => row.handle === wanted);`,
        with: `wanted === "" ? [] : rows.slice(0, 1);`,
      },
    ],
  },
  {
    name: "bans are forgotten when people come into a room",
    breaks: "I23",
    where: "server",
    changes: [
      {
        in: "lib/domain/room/find.ts",
        text: `const finds = !room.bansAsker && (`,
        with: `const finds = (`,
      },
      {
        in: "lib/domain/membership/add-people.ts",
        text: `...(await tx.ban.findMany(those))];`,
        with: `];`,
      },
    ],
  },
  {
    name: "who appears offline is seen after a reconnect",
    breaks: "I12",
    where: "server",
    changes: [
      {
        in: "lib/server/socket.ts",
        text: `applyChoice(personId, chosen);`,
        with: `applyChoice(personId, { ...chosen, choice: "auto" });`,
      },
    ],
  },
  {
    name: "messages of blocked people are unread",
    breaks: "I7",
    where: "server",
    changes: [
      {
        in: "lib/domain/block/heard.ts",
        text: `(NOT blocks.exist OR NOT EXISTS (`,
        with: `(true OR NOT EXISTS (`,
      },
    ],
  },
  {
    name: "a tab asks for nothing after a block",
    breaks: "I7",
    where: "client",
    changes: [
      {
        in: "lib/client/stores/rooms.ts",
        text: `homeBlocksTick !== blocked.tick || [...rooms.values()].some(({ staleUpTo }) => staleUpTo !== null);`,
        with: `homeBlocksTick === -1 && blocked && rooms === null;`,
      },
    ],
  },
];
