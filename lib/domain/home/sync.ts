import { syncRooms } from "@/lib/contract/home";
import { limits } from "@/lib/contract/limits";
import type { RoomSync } from "@/lib/contract/room";
import { pageOf } from "@/lib/domain/message/page";
import { peopleOf } from "@/lib/domain/person/present";
import { entriesOf } from "@/lib/domain/room/entries";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { db, snapshot, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { metrics } from "@/lib/server/metrics";
import { nearChanges } from "./near-changes";
import { homeOf } from "./show";

export default handle(syncRooms, {
  mode: "none",
  provesLogin: true,
  reads: true,
  load: async () => ({}),
  allow: () => yes,
  async run({ actor, input, announce }) {
    const near = await nearChanges(actor, input.rooms);
    if (!near) throw new AppError("unauthenticated");
    const { epoch, far } = near;
    const left = limits.answer - near.bytes;
    const startOver = epoch !== input.epoch;
    const wantsHome = startOver || near.clock !== input.me;
    // Parts that are read later may be newer: the client continues each part from its own clock.
    const more =
      wantsHome || far.length > 0 ? await snapshot((tx) => begunOver(tx, actor, wantsHome, far, left)) : null;
    const rooms = startOver ? {} : { ...near.rooms, ...more?.rooms };
    const home = more?.home ?? null;
    const later = startOver ? [] : [...near.later, ...(more?.later ?? [])];
    const rows = Object.values(rooms).flatMap((room) =>
      room.kind === "delta" ? room.rows : room.kind === "limited" ? room.page.messages : [],
    );
    announce.after(() => {
      if (home) metrics().caughtUpHomes.inc({ reason: startOver ? "epoch" : "clock" });
      for (const { kind } of Object.values(rooms)) metrics().caughtUpRooms.inc({ kind });
    });
    return { epoch, home, rooms, later, people: await peopleOf(db(), actor.organizationId, rows) };
  },
});

async function begunOver(tx: Tx, actor: Actor, wantsHome: boolean, far: string[], left: number) {
  return { home: wantsHome ? await homeOf(tx, actor) : null, ...(await newestPages(tx, actor, far, left)) };
}

/** Rooms that are sent in full in one answer. */
const pagesAtMost = 50;
/** Bytes of one room's page. */
const pageBytes = limits.answer / 4;

/** Sends rooms in full, each with its sidebar entry and newest page, within `left` bytes. `later` are those that did not fit. */
async function newestPages(tx: Tx, actor: Actor, roomIds: string[], left: number) {
  const rooms: Record<string, RoomSync> = {};
  const some = left > 0 ? roomIds.slice(0, pagesAtMost) : [];
  let bytes = left;
  for (const entry of some.length > 0 ? await entriesOf(tx, actor.personId, some) : []) {
    if (bytes <= 0) break;
    const room = { id: entry.room.id, organizationId: actor.organizationId, clock: entry.clock };
    const page = await pageOf(tx, room, { limit: limits.pageDefault, bytes: Math.min(bytes, pageBytes) });
    bytes -= page.messages.reduce((sum, { body }) => sum + Buffer.byteLength(body) + 400, 2_000);
    rooms[room.id] = { kind: "limited", page, entry };
  }
  const told = new Set(Object.keys(rooms));
  return { rooms, later: roomIds.filter((id) => !told.has(id)) };
}
