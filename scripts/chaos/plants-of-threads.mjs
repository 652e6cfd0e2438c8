/** Bugs in threads. */
export const plantsOfThreads = [
  {
    name: "a tab adds up the replies of a thread",
    breaks: "I3",
    where: "client",
    changes: [
      {
        in: "lib/client/threads.ts",
        text: `putThread(next, summary.threadId, { summary, follow });`,
        with: `putThread(next, summary.threadId, { summary: known.summary ? { ...summary, count: known.summary.count + 1 } : summary, follow });`,
      },
    ],
  },
  {
    name: "who writes in a thread again does not follow it again",
    breaks: "I3",
    where: "server",
    changes: [
      {
        in: "lib/domain/thread/write.ts",
        text: `f."isFollowed" OR w.wrote IS NOT NULL OR w.mentioned IS NOT NULL,`,
        with: `f."isFollowed" OR w.mentioned IS NOT NULL,`,
      },
    ],
  },
  {
    name: "replies are unread in their room",
    breaks: "I7",
    where: "client",
    changes: [
      {
        in: "lib/client/unread.ts",
        text: `if (!isInRoom(message) || seq`,
        with: `if (seq`,
      },
    ],
  },
];
