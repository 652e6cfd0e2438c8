import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { openDirect } from "@/lib/contract/direct";
import { hide } from "@/lib/domain/membership/hide";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { entriesIn } from "@/lib/domain/room/entries";
import { yes } from "@/lib/policy/decision";
import { mayStartDirect } from "@/lib/policy/direct";
import { type Actor, activePerson } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { Prisma, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";

/** The clock of a new direct room. Its log has no notice of the start, because everyone is in the room from the beginning. */
export const firstTick = 1;

export default handle(openDirect, {
  async load({ tx, actor, input }) {
    const { organizationId, personId } = actor;
    const ids = [...new Set([personId, ...input.personIds])].toSorted();
    const key = new Uint8Array(createHash("sha256").update(ids.join()).digest());
    const existing = await tx.room.findFirst({ where: { organizationId, directKey: key }, select: { id: true } });
    if (existing) return { ids, key, roomId: existing.id, others: [] };
    const others = await othersFor(tx, actor, ids);
    return others.length === ids.length - 1 ? { ids, key, roomId: null, others } : null;
  },
  allow: ({ actor, subject: { roomId, others } }) => (roomId ? yes : mayStartDirect(actor, others)),
  async run({ tx, actor, subject: { ids, key, ...found }, announce }) {
    const { organizationId, personId } = actor;
    const created = found.roomId ? null : await createDirect(tx, organizationId, { ids, key });
    const roomId = found.roomId ?? created?.roomId;
    if (!roomId) throw new AppError("internal");
    if (created?.isNew) {
      await tx.membership.createMany({
        data: ids.map((id) => {
          // The room is hidden from the others until its first message.
          const hiddenUpToSeq = id === personId ? null : firstTick;
          return { organizationId, roomId, personId: id, joinedSeq: firstTick, lastReadSeq: firstTick, hiddenUpToSeq };
        }),
      });
    }
    const isShown = !created?.isNew && (await hide(tx, { roomId, personId, hiding: "shown" }));
    const entries = await entriesIn(tx, roomId, {
      condition: created?.isNew ? Prisma.sql`true` : Prisma.sql`m."personId" = ${personId}::uuid`,
      limit: ids.length,
    });
    if (created?.isNew || isShown) for (const [id, entry] of entries) announce.me(id, { type: "entry", entry });
    const mine = entries.get(personId);
    if (!mine) throw new AppError("not_found");
    return mine;
  },
});

/** The people with these ids whom the actor may see, except the actor. */
async function othersFor(tx: Tx, actor: Actor, ids: string[]) {
  const id = { in: ids.filter((each) => each !== actor.personId) };
  const { personId } = actor;
  const inMyChannel = { room: { kind: "channel" as const, memberships: { some: { personId } } } };
  const rows = await tx.person.findMany({
    where: { AND: [peopleVisibleTo(actor), { id }] },
    select: { id: true, name: true, memberships: { where: inMyChannel, select: { roomId: true }, take: 1 } },
  });
  const active = await tx.person.findMany({ where: { id, ...activePerson() }, select: { id: true } });
  const activeIds = new Set(active.map((person) => person.id));
  return rows.map((row) => ({
    name: row.name,
    isActive: activeIds.has(row.id),
    sharesChannel: row.memberships.length > 0,
  }));
}

/** Creates the direct room of these people. Returns the existing room if another request has just created it. */
async function createDirect(tx: Tx, organizationId: string, { ids, key }: { ids: string[]; key: Uint8Array }) {
  const id = uuidv7();
  const columns = Prisma.sql`id, "organizationId", kind, access, notices, "directKey", "directIds", clock, "changedSeq"`;
  const isNew = await tx.$executeRaw`
    INSERT INTO "Room" (${columns})
    VALUES (${id}::uuid, ${organizationId}::uuid, 'direct', 'private', false, ${key}, ${ids}::uuid[], ${firstTick}, ${firstTick})
    ON CONFLICT ("organizationId", "directKey") DO NOTHING`;
  if (isNew) return { roomId: id, isNew: true };
  const other = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Room" WHERE "organizationId" = ${organizationId}::uuid AND "directKey" = ${key}`;
  return { roomId: other[0]?.id, isNew: false };
}
