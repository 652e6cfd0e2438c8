import { syncRooms } from "@/lib/contract/home";
import type { RoomSync } from "@/lib/contract/room";
import { peopleIn } from "@/lib/domain/person/to-person";
import { peopleChanges } from "@/lib/domain/person/changes";
import { entriesOf } from "@/lib/domain/room/entries";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { db, snapshot, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { metrics } from "@/lib/server/metrics";
import { readDeltas } from "./deltas";
import { myChanges } from "./my-changes";
import { homeOf } from "./show";

/**
 * Answers with what changed since the client's clocks: short changes of a room as a delta, of longer ones only the sidebar
 * entry, what changed for the person and in the organization, and the whole home if the epoch differs, or if the client's own
 * clock is 0 or ahead of the server's. Rooms that do not fit are listed in `later`.
 */
export default handle(syncRooms, {
  mode: "none",
  checksSession: true,
  reads: true,
  load: async () => ({}),
  allow: () => yes,
  async run({ actor, input, announce }) {
    const changes = await readDeltas(actor, input.rooms);
    if (!changes) throw new AppError("unauthenticated");
    const { epoch, tooLong } = changes;
    // Another epoch means that the database was restored, so the client must replace its whole state with the home.
    const isOtherEpoch = epoch !== input.epoch;
    const needsHome = isOtherEpoch || input.me === 0 || input.me > changes.clock;
    const myClock = !needsHome && input.me < changes.clock ? input.me : null;
    // The home, the person's changes and the entries are read after the deltas and may be newer. Each has a clock, from which
    // later events continue.
    const fromSnapshot =
      needsHome || myClock !== null || tooLong.length > 0
        ? await snapshot((tx) => readSnapshot(tx, actor, { needsHome, myClock, tooLong }))
        : null;
    const isOrganizationBehind =
      !needsHome && (input.organization ?? changes.organizationClock) < changes.organizationClock;
    const organization = isOrganizationBehind
      ? await snapshot((tx) => peopleChanges(tx, actor, input.organization as number))
      : null;
    const rooms = isOtherEpoch ? {} : { ...changes.rooms, ...fromSnapshot?.rooms };
    const home = fromSnapshot?.home ?? null;
    const later = isOtherEpoch ? [] : [...changes.later, ...(fromSnapshot?.later ?? [])];
    const messages = Object.values<RoomSync>(rooms).flatMap((room) =>
      room.kind === "delta" ? room.rows : room.kind === "limited" ? (room.entry.lastMessage ?? []) : [],
    );
    announce.after(() => {
      if (home) metrics().caughtUpHomes.inc({ reason: isOtherEpoch ? "epoch" : "clock" });
      for (const { kind } of Object.values(rooms)) metrics().caughtUpRooms.inc({ kind });
    });
    const me = fromSnapshot?.me ?? null;
    const myLastMessages =
      me?.changes.flatMap((change) => (change.type === "entry" ? [change.entry.lastMessage] : [])) ?? [];
    const people = await peopleIn(db(), actor.organizationId, [...messages, ...myLastMessages]);
    return { epoch, home, me, organization, rooms, later, people };
  },
});

interface SnapshotRequest {
  needsHome: boolean;
  /** The person's own clock in the client, if it is behind. */
  myClock: number | null;
  tooLong: string[];
}

async function readSnapshot(tx: Tx, actor: Actor, { needsHome, myClock, tooLong }: SnapshotRequest) {
  return {
    home: needsHome ? await homeOf(tx, actor) : null,
    me: myClock === null ? null : await myChanges(tx, actor.personId, myClock),
    ...(await readEntries(tx, actor, tooLong)),
  };
}

/** One answer contains at most this many entries. */
const maxEntries = 200;

/** Reads rooms' sidebar entries. `later` are the rooms that did not fit. */
async function readEntries(tx: Tx, actor: Actor, roomIds: string[]) {
  const includedIds = roomIds.slice(0, maxEntries);
  const entries = includedIds.length > 0 ? await entriesOf(tx, actor.personId, includedIds) : [];
  const rooms = Object.fromEntries(entries.map((entry) => [entry.room.id, { kind: "limited" as const, entry }]));
  return { rooms, later: roomIds.filter((id) => !(id in rooms)) };
}
