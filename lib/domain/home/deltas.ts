import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { RoomSync } from "@/lib/contract/home";
import type { Room } from "@/lib/contract/room";
import { type ChangedReactions, changesText, changesUpTo, reactionBytes } from "@/lib/domain/reaction/changes";
import { forReader, isAddressedText } from "@/lib/domain/message/addressed";
import { messageBytes } from "@/lib/domain/message/bytes";
import { messageColumns, parseMessageJson } from "@/lib/domain/message/to-message";
import { changedSummariesText, parseSummaryJson, summaryBytes } from "@/lib/domain/thread/summary";
import type { ThreadSummary } from "@/lib/contract/thread-summary";
import { parseRoomJson, roomJson } from "@/lib/domain/room/room-json";
import { type Actor, sessionIsValid } from "@/lib/server/actor";
import { pool } from "@/lib/server/pool";

// A delta holds what changed in a room since a clock value: its changed messages, and the room itself if it changed.

interface Row {
  /** The clock of the person's own log. */
  clock: number;
  organizationClock: number;
  epoch: string;
  /** The requested rooms that the person is a member of. */
  memberRoomIds: string[];
  /** The requested rooms whose clock differs from the client's. */
  changedRooms: {
    id: string;
    clock: number;
    /** The client's clock of this room. */
    since: number;
    /** The size of the delta; null if it would have too many rows. */
    bytes: number | null;
    /** The changed messages; null if the delta does not fit in the answer. */
    rows: (Message & { isAddressed: boolean })[] | null;
    reactions: ChangedReactions[] | null;
    threads: ThreadSummary[] | null;
    room: Room | null;
  }[];
}

/**
 * Reads what changed in a person's rooms since the client's clocks, in one statement. Each tick of a room changes at most one
 * row, so a delta has at most as many rows as the clocks are apart. The smallest deltas come first, as many as fit in one answer.
 * Only their rows are read.
 */
const deltasSql = `
  WITH requested AS (
    SELECT r.id, r.clock, client.since, mine."floorSeq" AS floor, r.clock > client.since AND r.clock - client.since <= ${limits.delta} AS "isShort"
    FROM unnest($2::uuid[], $3::int[]) AS client(id, since)
    JOIN "Membership" mine ON mine."roomId" = client.id AND mine."personId" = $4::uuid
    JOIN "Room" r ON r.id = client.id),
  sized AS (
    SELECT a.id, a.clock, a.since, a.floor, a."isShort", CASE WHEN a."isShort" THEN (
      SELECT coalesce(sum(${messageBytes.sql}), 0)::int + count(m."threadId")::int * ${summaryBytes} FROM "Message" m
      WHERE m."roomId" = a.id AND m."changedSeq" > a.since AND m.seq > a.floor) + (
      SELECT count(*)::int * ${reactionBytes} FROM "Reaction" x WHERE x."roomId" = a.id AND x."changedSeq" > a.since) END AS bytes
    FROM requested a WHERE a.clock <> a.since),
  changed AS (
    SELECT s.id, s.clock, s.since, s.floor, s.bytes, s."isShort" AND sum(s.bytes) OVER (ORDER BY s.bytes, s.id) <= ${limits.answer} AS fits FROM sized s)
  SELECT coalesce((SELECT l.clock FROM "PersonLog" l WHERE l."personId" = p.id), 1) AS clock, o.epoch,
    coalesce((SELECT l.clock FROM "OrganizationLog" l WHERE l."organizationId" = o.id), 0) AS "organizationClock",
    ARRAY(SELECT id::text FROM requested) AS "memberRoomIds", coalesce((
    SELECT json_agg(json_build_object('id', c.id, 'clock', c.clock, 'since', c.since, 'bytes', c.bytes,
      'rows', CASE WHEN c.fits THEN (
        SELECT coalesce(json_agg(n ORDER BY n."changedSeq"), '[]') FROM (
          SELECT ${messageColumns.sql}, ${isAddressedText("$4::uuid")} AS "isAddressed" FROM "Message" m WHERE m."roomId" = c.id AND m."changedSeq" > c.since AND m.seq > c.floor) n) END,
      'reactions', CASE WHEN c.fits THEN ${changesText({ roomId: "c.id", from: "c.since", floor: "c.floor" })} END,
      'threads', CASE WHEN c.fits THEN ${changedSummariesText({ room: "c.id", organization: `r."organizationId"`, from: "c.since", floor: "c.floor" })} END,
      'room', CASE WHEN c.fits AND r."changedSeq" > c.since THEN ${roomJson.sql} END))
    FROM changed c JOIN "Room" r ON r.id = c.id), '[]') AS "changedRooms"
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" JOIN "Organization" o ON o.id = p."organizationId"
  WHERE s.id = $1::uuid AND p.id = $4::uuid AND ${sessionIsValid.sql}`;

/**
 * If a larger delta does not fit in the answer, it is replaced by the room's sidebar entry. A smaller delta follows in a later
 * answer.
 */
const maxDeltaBytes = limits.answer / 2;

/**
 * Reads the deltas since the client's clocks. `clocks` is by room id. Returns null if the session is not valid. In the result,
 * `rooms` has each room's delta, or `gone` if the person is not in the room. `roomsFarBehind` are rooms whose changes do not fit
 * in a delta, or whose clock is lower than the client's. `later` are rooms whose delta did not fit in this answer.
 */
export async function readDeltas({ sessionId, personId }: Actor, clocks: Record<string, number>) {
  const values = [sessionId, Object.keys(clocks), Object.values(clocks), personId];
  const [row] = (await pool().query<Row>({ name: "deltas", text: deltasSql, values })).rows;
  if (!row) return null;
  const rooms: Record<string, RoomSync> = {};
  const [roomsFarBehind, later]: [string[], string[]] = [[], []];
  const memberOf = new Set(row.memberRoomIds);
  for (const id of Object.keys(clocks)) if (!memberOf.has(id)) rooms[id] = { kind: "gone" };
  for (const { id, clock, since, bytes, rows, reactions: found, threads, room } of row.changedRooms) {
    if (!rows) {
      (bytes === null || bytes > maxDeltaBytes ? roomsFarBehind : later).push(id);
      continue;
    }
    const messages = rows.map(({ isAddressed, ...message }) => forReader(parseMessageJson(message), isAddressed));
    const reactions = changesUpTo(found ?? [], clock);
    const changes = { rows: messages, room: room && parseRoomJson(room), ...(reactions && { reactions }) };
    const summaries = threads && { threads: threads.map(parseSummaryJson) };
    rooms[id] = { kind: "delta", from: since, to: clock, ...changes, ...summaries };
  }
  return { clock: row.clock, organizationClock: row.organizationClock, epoch: row.epoch, rooms, roomsFarBehind, later };
}
