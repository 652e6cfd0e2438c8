import { type RoomSync, syncRooms } from "@/lib/contract/home";
import { peopleIn } from "@/lib/domain/person/to-person";
import { organizationChanges } from "@/lib/domain/person/changes";
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
 * Answers with what changed since the client's clocks:
 * - `home`: the whole state, if the epoch differs, or if the client's clock of the person's log is 0 or ahead of the server's;
 * - `me`: the changes of the person's own log, such as memberships;
 * - `organization`: the people who changed, and the organization itself if it changed;
 * - `rooms`: for each room a delta, only its sidebar entry (`limited`) if too much changed, or `gone`;
 * - `later`: the rooms that did not fit in the answer;
 * - `people`: the authors of all messages in the answer, and the people in its notices.
 */
export default handle(syncRooms, {
  mode: "none",
  checksSession: true,
  reads: true,
  load: async () => ({}),
  allow: () => yes,
  async run({ actor, input, announce }) {
    const deltas = await readDeltas(actor, input.rooms);
    if (!deltas) throw new AppError("unauthenticated");
    const { epoch, roomsFarBehind } = deltas;
    // A different epoch means that the database was restored. The client must replace its whole state with the home.
    const isOtherEpoch = epoch !== input.epoch;
    const needsHome = isOtherEpoch || input.me === 0 || input.me > deltas.clock;
    const changesSince = !needsHome && input.me < deltas.clock ? input.me : null;
    // The home, the person's changes and the entries are read after the deltas, so they may be newer. That is safe: each carries
    // its own clock, and the client applies only events after that clock.
    const fromSnapshot =
      needsHome || changesSince !== null || roomsFarBehind.length > 0
        ? await snapshot((tx) => readSnapshot(tx, actor, { needsHome, changesSince, roomsFarBehind }))
        : null;
    const clientOrganizationClock = input.organization ?? deltas.organizationClock;
    const organization =
      !isOtherEpoch && clientOrganizationClock < deltas.organizationClock
        ? await snapshot((tx) => organizationChanges(tx, actor, clientOrganizationClock))
        : null;
    const home = fromSnapshot?.home ?? null;
    const me = fromSnapshot?.me ?? null;
    const rooms = isOtherEpoch ? {} : { ...deltas.rooms, ...fromSnapshot?.rooms };
    const later = isOtherEpoch ? [] : [...deltas.later, ...(fromSnapshot?.later ?? [])];
    announce.after(() => {
      if (home) metrics().caughtUpHomes.inc({ reason: isOtherEpoch ? "epoch" : "clock" });
      for (const { kind } of Object.values(rooms)) metrics().caughtUpRooms.inc({ kind });
    });
    const roomMessages = Object.values<RoomSync>(rooms).flatMap((room) =>
      room.kind === "delta" ? room.rows : room.kind === "limited" ? (room.entry.lastMessage ?? []) : [],
    );
    const lastMessages =
      me?.changes.flatMap((change) => (change.type === "entry" ? [change.entry.lastMessage] : [])) ?? [];
    const people = await peopleIn(db(), actor.organizationId, [...roomMessages, ...lastMessages]);
    return { epoch, home, me, organization, rooms, later, people };
  },
});

interface SnapshotRequest {
  needsHome: boolean;
  /** The client's clock of the person's log. Null if nothing changed, or if the home already includes the changes. */
  changesSince: number | null;
  roomsFarBehind: string[];
}

async function readSnapshot(tx: Tx, actor: Actor, { needsHome, changesSince, roomsFarBehind }: SnapshotRequest) {
  return {
    home: needsHome ? await homeOf(tx, actor) : null,
    me: changesSince === null ? null : await myChanges(tx, actor.personId, changesSince),
    ...(await readEntries(tx, actor, roomsFarBehind)),
  };
}

/** One answer contains at most this many entries. */
const maxEntries = 200;

/** Reads the sidebar entries of rooms. `later` has the ids of the rooms that did not fit. */
async function readEntries(tx: Tx, actor: Actor, roomIds: string[]) {
  const includedIds = roomIds.slice(0, maxEntries);
  const entries = includedIds.length > 0 ? await entriesOf(tx, actor.personId, includedIds) : [];
  const rooms = Object.fromEntries(entries.map((entry) => [entry.room.id, { kind: "limited" as const, entry }]));
  return { rooms, later: roomIds.filter((id) => !(id in rooms)) };
}
