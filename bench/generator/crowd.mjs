// Many members of rooms, connected to one of the systems.
import pg from "pg";
import * as ejabberd from "../ejabberd/member.mjs";
import * as floor from "../floor/member.mjs";
import * as parley from "../parley/member.mjs";
import { makeLedger, makeMember, makeRoom } from "./ledger.mjs";
import { closedLoop, oneByOne, openLoop, reaches, reactionLoop } from "./load.mjs";

const SYSTEMS = { Parley: parley, floor, ejabberd };
const CONNECTING_AT_ONCE = 20;

/** Connects everybody. Resolves to the loads that can be run with them. */
export async function gather({ system, crowd, databaseUrl }) {
  const { open, stored } = SYSTEMS[system];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const ledger = makeLedger();
  const rooms = crowd.map(({ roomId, members }) => {
    const room = makeRoom(roomId);
    for (const details of members) makeMember(room, details);
    return room;
  });
  const members = rooms.flatMap((room) => room.members);
  await severally(members, CONNECTING_AT_ONCE, async (member) => {
    member.connection = await open(member, ledger);
  });

  /** Picks `count` members, spread evenly over the rooms. */
  const some = (count) => {
    const each = Math.ceil(count / rooms.length);
    return rooms.flatMap((room) => room.members.slice(0, each)).slice(0, count);
  };
  return {
    closedLoop: ({ senders, ...how }) => closedLoop(ledger, rooms, some(senders), how),
    openLoop: ({ senders, ...how }) => openLoop(ledger, rooms, some(senders), how),
    replyLoop: ({ senders, ...how }) => closedLoop(ledger, rooms, some(senders), { ...how, quotes: true }),
    mentionLoop: ({ senders, ...how }) => closedLoop(ledger, rooms, some(senders), { ...how, mentions: true }),
    reactionLoop: ({ senders, ...how }) => reactionLoop(ledger, rooms, some(senders), how),
    oneByOne: (how) => oneByOne(ledger, rooms, members[0], how),
    reaches: (how) => reaches(ledger, rooms, how),
    /** Everything that was wrong since the last check. */
    async check() {
      const found = new Map();
      for (const room of rooms) found.set(room.id, await stored(client, room, room.checked));
      return ledger.check(rooms, found);
    },
    async close() {
      for (const { connection } of members) connection.close();
      await client.end();
    },
  };
}

/** Calls `work` for each item, `atOnce` at a time. */
export async function severally(items, atOnce, work) {
  const remaining = items.values();
  const worker = async () => {
    for (const item of remaining) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
