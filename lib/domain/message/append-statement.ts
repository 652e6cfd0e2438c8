import { pool } from "@/lib/server/pool";

/** A message to store. `version` is the room's `changedSeq` at which its author was allowed to post. */
export interface MessageToStore {
  id: string;
  organizationId: string;
  roomId: string;
  version: number;
  authorId: string;
  sessionId: string;
  body: string;
}

export interface StoredMessage {
  id: string;
  roomId: string;
  seq: number;
  createdAt: Date;
  /** The room's clock before this statement. */
  clockBefore: number;
  /** The organization's `loginClock`, locked until the commit, so that no login ends in between. */
  loginClock: number;
}

/**
 * Stores messages of any rooms in one statement, which commits by itself. It moves each room's clock by the number of its new
 * messages. It skips a message if its id exists, its login has ended, or its room or the room's members have changed since
 * `version`, and returns only those it stored. Rooms are locked while their versions are compared. Organizations are locked
 * before them, as everywhere, in a shared mode that makes the end of a login wait for the commit. Lookups of one row are scalar
 * subqueries: Postgres plans joins before there are statistics, and would read whole tables.
 */
const text = `
  WITH sent AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::uuid[], $7::text[])
      WITH ORDINALITY AS g(id, organization, room, version, author, session, body, place)),
  logins AS (
    SELECT o.id, o."loginClock" FROM "Organization" o WHERE o.id = ANY($2::uuid[]) ORDER BY o.id FOR SHARE),
  locked AS (
    SELECT r.id FROM "Room" r WHERE r.id = ANY($3::uuid[]) AND (SELECT count(*) FROM logins) > 0
    ORDER BY r.id FOR NO KEY UPDATE),
  fresh AS (
    SELECT g.*, (row_number() OVER (PARTITION BY g.room ORDER BY g.place))::int AS step
    FROM sent g JOIN locked l ON l.id = g.room
    WHERE (SELECT s."revokedAt" IS NULL AND s."expiresAt" > now() FROM "Session" s WHERE s.id = g.session)
      AND (SELECT m.id FROM "Message" m WHERE m.id = g.id) IS NULL),
  moved AS (
    UPDATE "Room" r SET clock = r.clock + c.steps
    FROM (SELECT room, version, max(step) AS steps FROM fresh GROUP BY room, version) c
    WHERE r.id = c.room AND r."changedSeq" = c.version
    RETURNING r.id, r.clock - c.steps AS "clockBefore", r.clock),
  read AS (
    UPDATE "Membership" m SET "lastReadSeq" = x.seq
    FROM (SELECT f.room, f.author, max(v."clockBefore" + f.step) AS seq FROM fresh f JOIN moved v ON v.id = f.room GROUP BY 1, 2) x
    WHERE m."roomId" = x.room AND m."personId" = x.author),
  stored AS (
    INSERT INTO "Message" (id, "organizationId", "roomId", "authorId", body, seq, "changedSeq")
    SELECT f.id, f.organization, f.room, f.author, f.body, v."clockBefore" + f.step, v."clockBefore" + f.step
    FROM fresh f JOIN moved v ON v.id = f.room ORDER BY f.room, f.step
    RETURNING id, "organizationId", "roomId", seq, "createdAt")
  SELECT t.id, t."roomId", t.seq, t."createdAt", v."clockBefore", l."loginClock"
  FROM stored t JOIN moved v ON v.id = t."roomId" JOIN logins l ON l.id = t."organizationId"
  ORDER BY t."roomId", t.seq`;

export async function storeAll(messages: MessageToStore[]): Promise<StoredMessage[]> {
  const column = <K extends keyof MessageToStore>(name: K) => messages.map((message) => message[name]);
  const values = [
    column("id"),
    column("organizationId"),
    column("roomId"),
    column("version"),
    column("authorId"),
    column("sessionId"),
    column("body"),
  ];
  const { rows } = await pool().query<StoredMessage>({ name: "append", text, values });
  return rows;
}
