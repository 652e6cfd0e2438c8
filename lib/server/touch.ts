import type { MeEvent } from "@/lib/contract/events";
import type { MeChange } from "@/lib/contract/home";
import type { Tx } from "./db";

/**
 * Writes changes to the logs of people: moves each person's clock by one and gives the changed rows that tick. Call it after
 * everything that locks rooms or memberships. It locks the logs in the order of their people's ids. Returns the events to send
 * after the commit.
 */
export async function touchPeople(tx: Tx, changes: ReadonlyMap<string, MeChange[]>): Promise<Map<string, MeEvent>> {
  if (changes.size === 0) return new Map();
  const clocks = await tx.$queryRaw<{ id: string; clock: number }[]>`
    INSERT INTO "PersonLog" AS l ("organizationId", "personId", clock)
    SELECT p."organizationId", p.id, 2 FROM "Person" p WHERE p.id = ANY(${[...changes.keys()]}::uuid[]) ORDER BY p.id
    ON CONFLICT ("personId") DO UPDATE SET clock = l.clock + 1
    RETURNING l."personId" AS id, l.clock`;
  const events = new Map(
    clocks.map(({ id, clock }) => {
      const stamped = (changes.get(id) ?? []).map((change) => setTick(change, clock));
      return [id, { from: clock - 1, to: clock, changes: stamped }];
    }),
  );
  await stamp(tx, events);
  return events;
}

/** Gives each changed membership its tick. One that was removed leaves a row in `Gone`, until it comes back. */
async function stamp(tx: Tx, events: ReadonlyMap<string, MeEvent>): Promise<void> {
  const rows = [...events].flatMap(([personId, { to, changes }]) =>
    changes.map((change) => ({ personId, tick: to, roomId: roomIdOf(change), type: change.type })),
  );
  const column = <K extends keyof (typeof rows)[number]>(some: typeof rows, name: K) => some.map((row) => row[name]);
  const gone = rows.filter(({ type }) => type === "gone");
  const present = rows.filter(({ type }) => type !== "gone");
  const entered = rows.filter(({ type }) => type === "entry");
  if (present.length > 0) {
    const [people, rooms] = [column(present, "personId"), column(present, "roomId")];
    await tx.$executeRaw`
      UPDATE "Membership" m SET "personTick" = x.tick
      FROM unnest(${people}::uuid[], ${rooms}::uuid[], ${column(present, "tick")}::int[]) AS x(person, room, tick)
      WHERE m."personId" = x.person AND m."roomId" = x.room`;
  }
  if (entered.length > 0) {
    const [people, rooms] = [column(entered, "personId"), column(entered, "roomId")];
    await tx.$executeRaw`
      DELETE FROM "Gone" g USING unnest(${people}::uuid[], ${rooms}::text[]) AS x(person, room)
      WHERE g."logId" = x.person AND g.kind = 'membership' AND g.key = x.room`;
  }
  if (gone.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "Gone" ("organizationId", "logId", kind, key, tick)
      SELECT p."organizationId", p.id, 'membership', x.room, x.tick
      FROM unnest(${column(gone, "personId")}::uuid[], ${column(gone, "roomId")}::text[], ${column(gone, "tick")}::int[])
        AS x(person, room, tick)
      JOIN "Person" p ON p.id = x.person
      ON CONFLICT ("logId", kind, key) DO UPDATE SET tick = excluded.tick`;
  }
}

/** The operation may answer with the same object, so the tick is written into it. */
function setTick(change: MeChange, tick: number): MeChange {
  if (change.type === "read") change.membership.tick = tick;
  if (change.type === "entry") change.entry.membership.tick = tick;
  return change;
}

function roomIdOf(change: MeChange): string {
  if (change.type === "gone") return change.roomId;
  return change.type === "entry" ? change.entry.room.id : change.membership.roomId;
}

/**
 * Ticks the organization's clock and gives these people that tick. Locks the people by id and then the log: only the proof is
 * locked later. Does nothing without ids.
 */
export async function touchOrganization(tx: Tx, organizationId: string, personIds: string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.$executeRaw`
    WITH locked AS MATERIALIZED (
      SELECT id FROM "Person" WHERE "organizationId" = ${organizationId}::uuid AND id = ANY(${personIds}::uuid[])
      ORDER BY id FOR NO KEY UPDATE),
    moved AS (
      INSERT INTO "OrganizationLog" AS l ("organizationId", clock)
      SELECT ${organizationId}::uuid, 1 WHERE (SELECT count(*) FROM locked) > 0
      ON CONFLICT ("organizationId") DO UPDATE SET clock = l.clock + 1 RETURNING clock)
    UPDATE "Person" p SET tick = moved.clock FROM moved, locked WHERE p.id = locked.id`;
}
