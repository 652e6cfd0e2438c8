import { syncRooms } from "@/lib/contract/home";
import type { RoomSync } from "@/lib/contract/room";
import { peopleOf } from "@/lib/domain/person/present";
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
  provesLogin: true,
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
    const since = !needsHome && input.me < changes.clock ? input.me : null;
    // The home, the person's changes and the entries are read after the deltas and may be newer. Each has a clock, from which
    // later events continue.
    const full =
      needsHome || since !== null || tooLong.length > 0
        ? await snapshot((tx) => restOf(tx, actor, { needsHome, since, tooLong }))
        : null;
    const isOrganizationBehind =
      !needsHome && (input.organization ?? changes.organizationClock) < changes.organizationClock;
    const organization = isOrganizationBehind
      ? await snapshot((tx) => peopleChanges(tx, actor, input.organization as number))
      : null;
    const rooms = isOtherEpoch ? {} : { ...changes.rooms, ...full?.rooms };
    const home = full?.home ?? null;
    const later = isOtherEpoch ? [] : [...changes.later, ...(full?.later ?? [])];
    const rows = Object.values<RoomSync>(rooms).flatMap((room) =>
      room.kind === "delta" ? room.rows : room.kind === "limited" ? (room.entry.lastMessage ?? []) : [],
    );
    announce.after(() => {
      if (home) metrics().caughtUpHomes.inc({ reason: isOtherEpoch ? "epoch" : "clock" });
      for (const { kind } of Object.values(rooms)) metrics().caughtUpRooms.inc({ kind });
    });
    const me = full?.me ?? null;
    const mine = me?.changes.flatMap((change) => (change.type === "entry" ? [change.entry.lastMessage] : [])) ?? [];
    const people = await peopleOf(db(), actor.organizationId, [...rows, ...mine]);
    return { epoch, home, me, organization, rooms, later, people };
  },
});

interface Rest {
  needsHome: boolean;
  /** The person's own clock in the client, if it is behind. */
  since: number | null;
  tooLong: string[];
}

async function restOf(tx: Tx, actor: Actor, { needsHome, since, tooLong }: Rest) {
  return {
    home: needsHome ? await homeOf(tx, actor) : null,
    me: since === null ? null : await myChanges(tx, actor.personId, since),
    ...(await entriesFor(tx, actor, tooLong)),
  };
}

/** One answer contains at most this many entries. */
const entriesAtMost = 200;

/** Reads rooms' sidebar entries. `later` are the rooms that did not fit. */
async function entriesFor(tx: Tx, actor: Actor, roomIds: string[]) {
  const read = roomIds.slice(0, entriesAtMost);
  const entries = read.length > 0 ? await entriesOf(tx, actor.personId, read) : [];
  const rooms = Object.fromEntries(entries.map((entry) => [entry.room.id, { kind: "limited" as const, entry }]));
  return { rooms, later: roomIds.filter((id) => !(id in rooms)) };
}
