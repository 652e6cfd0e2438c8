import { syncRooms } from "@/lib/contract/home";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { RoomSync } from "@/lib/contract/room";
import { pageOf } from "@/lib/domain/message/page";
import { presentMessage } from "@/lib/domain/message/present";
import { peopleOf } from "@/lib/domain/person/present";
import { entriesOf } from "@/lib/domain/room/entries";
import { presentRoom, roomParts } from "@/lib/domain/room/present";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import type { Prisma, Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { metrics } from "@/lib/server/metrics";
import { homeOf } from "./show";

type RoomRow = Prisma.RoomGetPayload<{ include: typeof roomParts }>;

export default handle(syncRooms, {
  // Everything in one answer is of one moment.
  mode: "snapshot",
  load: async ({ tx, actor }) => ({
    me: await tx.person.findUniqueOrThrow({
      where: { id: actor.personId },
      select: { clock: true, organization: { select: { epoch: true } } },
    }),
  }),
  allow: () => yes,
  async run({ tx, actor, input, subject: { me }, announce }) {
    const { epoch } = me.organization;
    const startOver = epoch !== input.epoch;
    const home = startOver || me.clock !== input.me ? await homeOf(tx, actor) : null;
    const rooms = startOver ? {} : await changesOf(tx, actor, input.rooms);
    const rows = Object.values(rooms).flatMap((room) =>
      room.kind === "delta" ? room.rows : room.kind === "limited" ? room.page.messages : [],
    );
    announce.after(() => {
      if (home) metrics().caughtUpHomes.inc({ reason: startOver ? "epoch" : "clock" });
      for (const { kind } of Object.values(rooms)) metrics().caughtUpRooms.inc({ kind });
    });
    return { epoch, home, rooms, people: await peopleOf(tx, actor.organizationId, rows) };
  },
});

/** Rooms that did not change are left out. */
async function changesOf(tx: Tx, actor: Actor, clocks: Record<string, number>): Promise<Record<string, RoomSync>> {
  const { personId, organizationId } = actor;
  const asked = Object.keys(clocks);
  const mine = await tx.room.findMany({
    where: { organizationId, id: { in: asked }, memberships: { some: { personId } } },
    include: roomParts,
  });
  const known = new Set(mine.map((room) => room.id));
  const answer: Record<string, RoomSync> = {};
  for (const id of asked) if (!known.has(id)) answer[id] = { kind: "gone" };

  const changed = mine.filter((room) => room.clock !== clocks[room.id]);
  const since = (room: RoomRow) => clocks[room.id] ?? 0;
  // Every tick is at most one changed row, so the span tells how much a delta could carry.
  const near = changed.filter((room) => room.clock > since(room) && room.clock - since(room) <= limits.delta);
  const far = changed.filter((room) => !near.includes(room));
  const rows = await rowsSince(tx, near, since);
  for (const room of near) {
    const presented = room.changedSeq > since(room) ? presentRoom(room) : null;
    answer[room.id] = {
      kind: "delta",
      from: since(room),
      to: room.clock,
      rows: rows.get(room.id) ?? [],
      room: presented,
    };
  }
  if (far.length === 0) return answer;
  for (const entry of await entriesOf(
    tx,
    personId,
    far.map((room) => room.id),
  )) {
    const { id } = entry.room;
    const page = await pageOf(tx, { id, organizationId, clock: entry.clock }, { limit: limits.pageDefault });
    answer[id] = { kind: "limited", page, entry };
  }
  return answer;
}

/** The changed rows of many rooms, each since its own clock, in one statement. */
async function rowsSince(tx: Tx, rooms: RoomRow[], since: (room: RoomRow) => number): Promise<Map<string, Message[]>> {
  const byRoom = new Map<string, Message[]>();
  if (rooms.length === 0) return byRoom;
  const rows = await tx.message.findMany({
    where: { OR: rooms.map((room) => ({ roomId: room.id, changedSeq: { gt: since(room) } })) },
    orderBy: [{ roomId: "asc" }, { changedSeq: "asc" }],
  });
  for (const row of rows) byRoom.set(row.roomId, [...(byRoom.get(row.roomId) ?? []), presentMessage(row)]);
  return byRoom;
}
