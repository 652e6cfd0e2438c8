// Bugs of browsers whose network, clock or tabs change, for `plants.mjs`.

export const plantsOfClients = [
  {
    name: "a message whose answer was lost is refused when it comes again",
    breaks: "I10",
    where: "server",
    faults: ["answers lost"],
    changes: [
      {
        in: "lib/domain/message/send.ts",
        text: `else announce.after(() => metrics().duplicates.inc());`,
        with: `else {
      metrics().duplicates.inc();
      throw new (await import("@/lib/server/app-error")).AppError("conflict");
    }`,
      },
    ],
  },
  {
    name: "a tab polls only if no WebSocket ever worked",
    breaks: "I10",
    where: "client",
    faults: ["WebSockets blocked for a tab"],
    changes: [{ in: "lib/client/polling.ts", text: `if (timer) return;`, with: `if (timer || wasConnected) return;` }],
  },
  {
    name: "what another tab retries is left to it",
    breaks: "I10",
    where: "client",
    faults: ["client 200 ms away"],
    changes: [
      {
        in: "lib/client/outbox.ts",
        text: `toKey(find(entry.id)) !== toKey(entry)`,
        with: `find(entry.id)?.roomId !== entry.roomId`,
      },
    ],
  },
  {
    name: "unsent messages are in the order of the clock",
    breaks: "I5",
    where: "client",
    faults: ["client clock off by a day", "client offline"],
    changes: [
      {
        in: "lib/client/outbox.ts",
        text: `newestIdMs = Math.max(createdAt, newestIdMs + 1, last ? timeOfId(last.id) + 1 : 0);`,
        with: `newestIdMs = last ? createdAt : createdAt;`,
      },
    ],
  },
];
