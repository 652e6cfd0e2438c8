// Bugs that are put into the source while it is bundled for the checker. The files themselves never change. Each contains the exact
// text to replace.

import { plantsOfClients } from "./plants-of-clients.mjs";
import { plantsOfDrafts } from "./plants-of-drafts.mjs";
import { plantsOfMentions } from "./plants-of-mentions.mjs";
import { plantsOfPeople } from "./plants-of-people.mjs";
import { plantsOfPins } from "./plants-of-pins.mjs";
import { plantsOfReactions } from "./plants-of-reactions.mjs";
import { plantsOfServers } from "./plants-of-servers.mjs";
import { plantsOfThreads } from "./plants-of-threads.mjs";

/**
 * Bugs that the checker must find. `where` is the bundle with the bug, `breaks` the invariant that must be violated. If `faults`
 * is set, only these faults happen in the run.
 */
export const plants = [
  {
    name: "acknowledged before commit",
    breaks: "I1",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/append-statement.ts",
        text: `const { rows } = await pool().query<Row>(query);`,
        with: `const client = await pool().connect();
  await client.query("BEGIN");
  client.on("error", () => {});
  const { rows } = await client.query<Row>(query).catch((error) => {
    client.release(true);
    throw error;
  });
  setTimeout(() => client.query("COMMIT").then(() => client.release(), () => client.release(true)), 20);`,
      },
    ],
  },
  {
    name: "retried ids are not recognised",
    breaks: "I2",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/send.ts",
        text: `const appended = await append({ ...send, mentions: targets });`,
        with: `const { db } = await import("@/lib/server/db");
    const earlier = await db().message.count({ where: { id: send.id } });
    const named = earlier > 0 ? { ...send, id: uuidv7() } : send;
    const appended = await append({ ...named, mentions: targets });`,
      },
    ],
  },
  {
    name: "results are matched by message id",
    breaks: "I17",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/append.ts",
        text: `const row = attempt && rowsById.get(send.id);`,
        with: `const row = rowsById.get(send.id);`,
      },
    ],
  },
  {
    name: "listeners are cached across removals",
    breaks: "I8",
    where: "server",
    changes: [
      {
        in: "lib/server/log-declaration.ts",
        text: `a.membersVersion === b.membersVersion && a.authVersion === b.authVersion`,
        with: `a.authVersion === b.authVersion`,
      },
    ],
  },
  {
    name: "frames are the same for everybody",
    breaks: "I21",
    where: "server",
    changes: [
      {
        in: "lib/domain/room/log.ts",
        text: `if (floor === 0 && addressedIn.length === 0) return seen;`,
        with: `if (floor >= 0) return seen;`,
      },
    ],
  },
  {
    name: "who leaves a group stays in its rooms",
    breaks: "I22",
    where: "server",
    changes: [
      {
        in: "lib/domain/membership/following.ts",
        text: `AND m."personId" = ANY(\${personIds}::uuid[])`,
        with: `AND false`,
      },
    ],
  },
  {
    name: "posting rights are cached",
    breaks: "I14",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/append-statement.ts",
        text: ` AND l."membersVersion" = g."membersVersion"`,
        with: ``,
      },
    ],
  },
  {
    name: "roles and sessions of senders are remembered",
    breaks: "I18",
    where: "server",
    changes: [
      {
        in: "lib/domain/message/append-statement.ts",
        text: ` AND p."authVersion" = g."authVersion"`,
        with: ``,
      },
    ],
  },
  {
    name: "an archived room takes messages",
    breaks: "I18",
    where: "server",
    changes: [
      {
        in: "lib/policy/room.ts",
        text: `return no("Join this room to post in it.");
  if (room.archivedAt) return archived("post in it");`,
        with: `return no("Join this room to post in it.");`,
      },
    ],
  },
  {
    name: "an append waits",
    breaks: "I19",
    where: "server",
    // Other faults delay sends too, which would hide that the append waited.
    faults: ["room locked"],
    changes: [
      {
        in: "lib/domain/message/append-statement.ts",
        text: `whenLocked === "skip" ? "SKIP LOCKED" : ""`,
        with: `whenLocked === "skip" ? "" : ""`,
      },
    ],
  },
  {
    name: "unread messages are only counted",
    breaks: "I7",
    where: "client",
    changes: [
      {
        in: "lib/client/unread.ts",
        text: `if (row.seq < counted.floor || seqs.has(row.seq)) continue;
        seqs.add(row.seq);`,
        with: `let at = row.seq;
      while (seqs.has(at)) at++;
      seqs.add(at);`,
      },
    ],
  },
  {
    name: "sessions are checked only by a sweep",
    breaks: "I9",
    where: "server",
    changes: [
      {
        in: "lib/server/log-declaration.ts",
        text: `a.membersVersion === b.membersVersion && a.authVersion === b.authVersion`,
        with: `a.membersVersion === b.membersVersion`,
      },
      {
        in: "lib/domain/session/end-logins.ts",
        text: `announce.after(() => closeSocketsOf(ids));`,
        with: `void announce;
  void closeSocketsOf;`,
      },
    ],
  },
  {
    name: "frames with a gap are applied",
    breaks: "I3",
    where: "client",
    changes: [
      {
        in: "lib/client/room-log.ts",
        text: `if (frame.from <= state.clock) return applyBufferedFrames(applyChanges(state, frame));`,
        with: `if (frame.to > 0) return applyBufferedFrames(applyChanges(state, frame));`,
      },
    ],
  },
  {
    name: "a personal tick is lost",
    breaks: "I3",
    where: "server",
    changes: [
      {
        in: "lib/server/touch.ts",
        text: `const memberRows = rows.filter(({ type }) => type === "entry" || type === "read");`,
        with: `const memberRows = rows.filter(({ type }) => type === "entry");`,
      },
    ],
  },
  {
    name: "a frame ends inside a tick",
    breaks: "I3",
    where: "server",
    changes: [
      {
        in: "lib/domain/home/my-changes.ts",
        text: `const included = changed.filter(({ tick }) => tick <= lastTick);`,
        with: `const included = changed.slice(0, maxChanges);`,
      },
      // A low limit, so that the few changes of a run fill a response.
      { in: "lib/domain/home/my-changes.ts", text: `const maxChanges = 100;`, with: `const maxChanges = 1;` },
    ],
  },
  ...plantsOfClients,
  ...plantsOfServers,
  ...plantsOfDrafts,
  ...plantsOfPeople,
  ...plantsOfReactions,
  ...plantsOfPins,
  ...plantsOfMentions,
  ...plantsOfThreads,
];
