import type { MeEvent } from "@/lib/contract/events";
import type { MeChange } from "@/lib/contract/home";
import type { Tx } from "./db";

// A tick is one step of a log's clock. A changed row stores the tick of its latest change, so that a client can request
// everything after its own clock.

/**
 * Writes changes to the logs of people: increments each person's clock and gives the changed rows that tick. Call it after
 * everything that locks rooms or memberships. It locks the logs in the order of their people's ids. Returns the events to send
 * after the commit, by person id.
 */
export async function touchPeople(tx: Tx, changes: ReadonlyMap<string, MeChange[]>): Promise<Map<string, MeEvent>> {
  if (changes.size === 0) return new Map();
  const ids = [...changes.keys()];
  await lockMemberships(tx, changes);
  // Creates missing rows. The table has two unique indexes, and `DO UPDATE` below handles conflicts in only one of them: if two
  // transactions created a row at once, `DO UPDATE` could fail. `DO NOTHING` handles both.
  await tx.$executeRaw`
    INSERT INTO "PersonLog" ("organizationId", "personId")
    SELECT p."organizationId", p.id FROM "Person" p WHERE p.id = ANY(${ids}::uuid[]) ORDER BY p.id
    ON CONFLICT DO NOTHING`;
  const clocks = await tx.$queryRaw<{ id: string; clock: number }[]>`
    INSERT INTO "PersonLog" AS l ("organizationId", "personId")
    SELECT p."organizationId", p.id FROM "Person" p WHERE p.id = ANY(${ids}::uuid[]) ORDER BY p.id
    ON CONFLICT ("personId") DO UPDATE SET clock = l.clock + 1
    RETURNING l."personId" AS id, l.clock`;
  const events = new Map(
    clocks.map(({ id, clock }) => {
      const changesWithTick = (changes.get(id) ?? []).map((change) => setTick(change, clock));
      return [id, { from: clock - 1, to: clock, changes: changesWithTick }];
    }),
  );
  await writeTicks(tx, events);
  return events;
}

/**
 * Locks the memberships of "entry" changes, because a transaction locks memberships before the logs of people. For a "read"
 * change, the caller has locked the membership already.
 */
async function lockMemberships(tx: Tx, changes: ReadonlyMap<string, MeChange[]>): Promise<void> {
  const rows = [...changes].flatMap(([personId, ofPerson]) =>
    ofPerson.filter(({ type }) => type === "entry").map((change) => ({ personId, roomId: rowIdOf(change) })),
  );
  if (rows.length === 0) return;
  await tx.$queryRaw`
    SELECT 1 FROM unnest(${rows.map(({ personId }) => personId)}::uuid[], ${rows.map(({ roomId }) => roomId)}::uuid[])
      AS x(person, room)
    JOIN "Membership" m ON m."personId" = x.person AND m."roomId" = x.room
    ORDER BY m."roomId", m."personId" FOR NO KEY UPDATE OF m`;
}

/**
 * Writes the ticks of changed memberships, invites, drafts, groups, sidebars, preferences, choices of presence and blocks. If a membership was
 * removed, a tombstone in `Gone` keeps the tick until the person is in the room again.
 */
async function writeTicks(tx: Tx, events: ReadonlyMap<string, MeEvent>): Promise<void> {
  const rows = [...events].flatMap(([personId, { to, changes }]) =>
    changes.map((change) => ({ personId, tick: to, rowId: rowIdOf(change), type: change.type })),
  );
  const column = <K extends keyof (typeof rows)[number]>(from: typeof rows, name: K) => from.map((row) => row[name]);
  const peopleWith = (wanted: MeChange["type"]) =>
    rows.filter(({ type }) => type === wanted).map(({ personId }) => personId);
  const [ofGroups, ofSections, ofPreferences] = [
    peopleWith("groups"),
    peopleWith("sidebar"),
    peopleWith("preferences"),
  ];
  const [ofPresence, ofBlocks] = [peopleWith("presence"), peopleWith("blocks")];
  const ofLogs = [...ofGroups, ...ofSections, ...ofPreferences, ...ofPresence, ...ofBlocks];
  if (ofLogs.length > 0) {
    await tx.$executeRaw`
      UPDATE "PersonLog" l SET
        "groupsTick" = CASE WHEN l."personId" = ANY(${ofGroups}::uuid[]) THEN l.clock ELSE l."groupsTick" END,
        "sectionsTick" = CASE WHEN l."personId" = ANY(${ofSections}::uuid[]) THEN l.clock ELSE l."sectionsTick" END,
        "preferencesTick" = CASE WHEN l."personId" = ANY(${ofPreferences}::uuid[]) THEN l.clock ELSE l."preferencesTick" END,
        "presenceTick" = CASE WHEN l."personId" = ANY(${ofPresence}::uuid[]) THEN l.clock ELSE l."presenceTick" END,
        "blocksTick" = CASE WHEN l."personId" = ANY(${ofBlocks}::uuid[]) THEN l.clock ELSE l."blocksTick" END
      WHERE l."personId" = ANY(${ofLogs}::uuid[])`;
  }
  const removedRows = rows.filter(({ type }) => type === "gone");
  const memberRows = rows.filter(({ type }) => type === "entry" || type === "read");
  // An "entry" change may mean that the person is in the room again. Then the tombstone of their earlier membership is deleted.
  const entryRows = rows.filter(({ type }) => type === "entry");
  const inviteRows = rows.filter(({ type }) => type === "invite");
  const draftRows = rows.filter(({ type }) => type === "draft");
  const threadRows = rows.filter(({ type }) => type === "thread");
  if (memberRows.length > 0) {
    const [people, rooms] = [column(memberRows, "personId"), column(memberRows, "rowId")];
    await tx.$executeRaw`
      UPDATE "Membership" m SET "personTick" = x.tick
      FROM unnest(${people}::uuid[], ${rooms}::uuid[], ${column(memberRows, "tick")}::int[]) AS x(person, room, tick)
      WHERE m."personId" = x.person AND m."roomId" = x.room`;
  }
  if (entryRows.length > 0) {
    const [people, rooms] = [column(entryRows, "personId"), column(entryRows, "rowId")];
    await tx.$executeRaw`
      DELETE FROM "Gone" g USING unnest(${people}::uuid[], ${rooms}::text[]) AS x(person, room)
      WHERE g."logId" = x.person AND g.kind = 'membership' AND g.key = x.room`;
  }
  if (removedRows.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "Gone" ("organizationId", "logId", kind, key, tick)
      SELECT p."organizationId", p.id, 'membership', x.room, x.tick
      FROM unnest(${column(removedRows, "personId")}::uuid[], ${column(removedRows, "rowId")}::text[], ${column(removedRows, "tick")}::int[])
        AS x(person, room, tick)
      JOIN "Person" p ON p.id = x.person
      ON CONFLICT ("logId", kind, key) DO UPDATE SET tick = excluded.tick`;
  }
  if (draftRows.length > 0) {
    const [people, rooms] = [column(draftRows, "personId"), column(draftRows, "rowId")];
    await tx.$executeRaw`
      UPDATE "Draft" d SET tick = x.tick
      FROM unnest(${people}::uuid[], ${rooms}::uuid[], ${column(draftRows, "tick")}::int[]) AS x(person, room, tick)
      WHERE d."personId" = x.person AND d."roomId" = x.room`;
  }
  if (threadRows.length > 0) {
    const [people, threads] = [column(threadRows, "personId"), column(threadRows, "rowId")];
    await tx.$executeRaw`
      UPDATE "ThreadFollow" f SET tick = x.tick
      FROM unnest(${people}::uuid[], ${threads}::uuid[], ${column(threadRows, "tick")}::int[]) AS x(person, thread, tick)
      WHERE f."personId" = x.person AND f."threadId" = x.thread`;
  }
  if (inviteRows.length > 0) {
    // An invite can be in two logs. One update sets both ticks, because a statement updates a row only once.
    await tx.$executeRaw`
      UPDATE "RoomInvite" i SET "personTick" = coalesce(x."personTick", i."personTick"), "inviterTick" = coalesce(x."inviterTick", i."inviterTick")
      FROM (
        SELECT o.id, max(t.tick) FILTER (WHERE t.person = o."personId") AS "personTick",
          max(t.tick) FILTER (WHERE t.person = o."inviterId") AS "inviterTick"
        FROM unnest(${column(inviteRows, "personId")}::uuid[], ${column(inviteRows, "rowId")}::uuid[], ${column(inviteRows, "tick")}::int[])
          AS t(person, invite, tick)
        JOIN "RoomInvite" o ON o.id = t.invite GROUP BY o.id) x
      WHERE i.id = x.id`;
  }
}

/** Writes the tick into the given object, because the operation may answer with that object. */
function setTick(change: MeChange, tick: number): MeChange {
  if (change.type === "read") change.membership.tick = tick;
  if (change.type === "entry") change.entry.membership.tick = tick;
  if (change.type === "invite") change.invite.tick = tick;
  if (change.type === "groups") change.tick = tick;
  if (change.type === "sidebar") change.sidebar.tick = tick;
  if (change.type === "preferences") change.preferences.tick = tick;
  if (change.type === "presence") change.chosenPresence.tick = tick;
  if (change.type === "blocks") change.blocks.tick = tick;
  if (change.type === "draft") change.draft.tick = tick;
  if (change.type === "thread") change.follow.tick = tick;
  return change;
}

/** The id of the invite, or for a membership or a draft the id of its room, or of the draft's thread. The other changes have no id: only their log has the tick. */
function rowIdOf(change: MeChange): string {
  if (change.type === "groups" || change.type === "sidebar" || change.type === "preferences") return "";
  if (change.type === "presence" || change.type === "blocks") return "";
  if (change.type === "gone") return change.roomId;
  if (change.type === "invite") return change.invite.id;
  if (change.type === "draft") return change.draft.threadId ?? change.draft.roomId;
  if (change.type === "thread") return change.follow.threadId;
  return change.type === "entry" ? change.entry.room.id : change.membership.roomId;
}

/**
 * Locks the clock of an organization's log until the transaction ends, and creates it if it does not exist. Call it after locking
 * people, and before locking the organization's counter `proof`.
 */
export async function lockOrganizationLog(tx: Tx, organizationId: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO "OrganizationLog" ("organizationId") VALUES (${organizationId}::uuid) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "OrganizationLog" WHERE "organizationId" = ${organizationId}::uuid FOR NO KEY UPDATE`;
}

/**
 * Increments the organization's clock and writes the new tick to these people and groups. A group that no longer exists gets a
 * tombstone in `Gone` with that tick. If `groupIds` is not null, even if it is empty, the lists of what people can find have
 * changed, too. The transaction must have locked the groups. Locks the people in the order of their ids, then the log. After this
 * call, the transaction may lock nothing except the organization's counter `proof`.
 */
export async function touchOrganization(
  tx: Tx,
  organizationId: string,
  personIds: string[],
  groupIds: string[] | null = null,
): Promise<void> {
  const listsChanged = groupIds ? 1 : 0;
  await tx.$executeRaw`
    WITH locked AS MATERIALIZED (
      SELECT id FROM "Person" WHERE "organizationId" = ${organizationId}::uuid AND id = ANY(${personIds}::uuid[])
      ORDER BY id FOR NO KEY UPDATE),
    moved AS (
      INSERT INTO "OrganizationLog" AS l ("organizationId", clock, "listsTick")
      SELECT ${organizationId}::uuid, 1, ${listsChanged}::int FROM (SELECT count(*) FROM locked) n
      ON CONFLICT ("organizationId") DO UPDATE
        SET clock = l.clock + 1, "listsTick" = CASE WHEN ${listsChanged}::int = 1 THEN l.clock + 1 ELSE l."listsTick" END
      RETURNING clock),
    changed AS (UPDATE "Group" g SET tick = moved.clock FROM moved WHERE g.id = ANY(${groupIds ?? []}::uuid[])),
    deleted AS (
      INSERT INTO "Gone" ("organizationId", "logId", kind, key, tick)
      SELECT ${organizationId}::uuid, ${organizationId}::uuid, 'group', d.id, moved.clock
      FROM moved, unnest(${groupIds ?? []}::uuid[]) d(id) WHERE NOT EXISTS (SELECT 1 FROM "Group" g WHERE g.id = d.id))
    UPDATE "Person" p SET tick = moved.clock FROM moved, locked WHERE p.id = locked.id`;
}
