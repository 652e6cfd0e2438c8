import type { Frame } from "@/lib/contract/events";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { largestTick } from "@/lib/contract/largest-tick";
import type { Room } from "@/lib/contract/room";
import { sessionValidUntil, sessionIsValid } from "@/lib/server/actor";
import type { ServerSocket } from "@/lib/server/audience";
import { broadcast } from "@/lib/server/broadcast";
import type { LogDeclaration, SendOptions } from "@/lib/server/log-declaration";
import { metrics } from "@/lib/server/metrics";
import { pool } from "@/lib/server/pool";
import { updatePresenceOfGuests } from "@/lib/server/presence";
import { type ChangedReactions, changesText, changesUpTo, cutText } from "@/lib/domain/reaction/changes";
import { addressedIdsText, forReader } from "@/lib/domain/message/addressed";
import { messageBytes } from "@/lib/domain/message/bytes";
import { parseSummaryJson, type SummaryForFloors, summariesByFloorText } from "@/lib/domain/thread/summary";
import { messageColumns, parseMessageJson, storedMessageColumns } from "@/lib/domain/message/to-message";
import { roomPauseMs } from "./pause";
import { parseRoomJson, roomJson } from "./room-json";

/** What one pull reads: the changed rows, and the sessions that may receive them. */
interface Row {
  clock: number;
  changedSeq: number;
  authVersion: number;
  rows: (Message & { addressedIds: string[] | null })[];
  /** The number of changed rows. Counting stops at one more than a frame can hold. */
  changedCount: number;
  reactions: ChangedReactions[];
  /** The tick up to which `reactions` has all changes. Null if it has all. */
  reactionsEnd: number | null;
  summaries: SummaryForFloors[] | null;
  room: Room | null;
  /**
   * For each valid session of a member: its id, when it expires (ms since 1970), and the member's floor, the `seq` up to which
   * the room's messages are hidden from them.
   */
  listeners: [string, number, number][] | null;
}

// The floor differs between the receivers. `send` leaves out what is below it.
const changed = { roomId: "r.id", from: "$2", floor: "0" };
const floorsText = `
  SELECT unnest($4::int[]) UNION
  SELECT m."floorSeq" FROM "Session" s JOIN "Membership" m ON m."personId" = s."personId" AND m."roomId" = r.id WHERE s.id = ANY($3::uuid[])`;

/**
 * Reads what changed in room $1 after tick $2, and which of the sessions $3 may receive it. $4 are the floors of other sessions that
 * may. One statement reads all from the same snapshot, so that nobody receives a message from after their removal.
 */
const pullSql = `
  SELECT r.clock, r."changedSeq", o.proof AS "authVersion",
    (SELECT coalesce(json_agg(n ORDER BY n."changedSeq"), '[]') FROM (
      SELECT ${messageColumns.sql}, m."addressedIds" FROM (
        SELECT ${storedMessageColumns.sql}, m."addressedIds", sum(${messageBytes.sql}) OVER (ORDER BY m."changedSeq") - ${messageBytes.sql} AS sofar FROM (
          SELECT ${storedMessageColumns.sql}, ${addressedIdsText} AS "addressedIds" FROM "Message" m WHERE m."roomId" = r.id AND m."changedSeq" > $2
          ORDER BY m."changedSeq" LIMIT ${limits.delta}) m) m
      WHERE sofar <= ${limits.answer}) n) AS rows,
    (SELECT count(*)::int FROM (
      SELECT 1 FROM "Message" WHERE "roomId" = r.id AND "changedSeq" > $2 LIMIT ${limits.delta + 1}) c) AS "changedCount",
    ${changesText(changed)} AS reactions, ${cutText(changed)} AS "reactionsEnd",
    ${summariesByFloorText({ room: "r.id", organization: `r."organizationId"`, from: "$2", floors: floorsText })} AS summaries,
    CASE WHEN r."changedSeq" > $2 THEN ${roomJson.sql} END AS room,
    (SELECT json_agg(json_build_array(s.id, ${sessionValidUntil.sql}, m."floorSeq"))
      FROM "Session" s
      JOIN "Membership" m ON m."personId" = s."personId" AND m."roomId" = r.id
      JOIN "Person" p ON p.id = s."personId"
      WHERE s.id = ANY($3::uuid[]) AND ${sessionIsValid.sql}) AS listeners
  FROM "Room" r JOIN "Organization" o ON o.id = r."organizationId" WHERE r.id = $1::uuid`;

const findChangedSql = `
  SELECT r.id FROM unnest($1::uuid[], $2::int[]) AS sent(id, clock)
  JOIN "Room" r ON r.id = sent.id WHERE r.clock > sent.clock`;

/** A frame with what only `send` needs. */
interface RoomFrame extends Omit<Frame, "threads"> {
  /** The summaries of threads differ between receivers who see different replies. */
  summaries?: SummaryForFloors[];
  /** By message id: the people whom its groups and `@here` mean. Only they receive the message with `isForMe`. */
  addressed?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A room's log holds its messages and the room itself. Its members receive it. */
export const roomLog: LogDeclaration<RoomFrame> = {
  async pull({ id, from, sessionIds, knownListeners }) {
    const floors = [...new Set(knownListeners().map(({ floor = 0 }) => floor))];
    const values = [id, Math.min(from, largestTick), sessionIds, floors];
    const [row] = (await pool().query<Row>({ name: "pull", text: pullSql, values })).rows;
    if (!row) return null;
    const rowsEnd = row.changedCount > row.rows.length ? row.rows.at(-1)?.changedSeq : undefined;
    const hasMore = rowsEnd !== undefined || row.reactionsEnd !== null;
    const to = Math.min(rowsEnd ?? row.clock, row.reactionsEnd ?? row.clock);
    const addressed = new Map<string, ReadonlySet<string>>();
    const rows = row.rows
      .filter(({ changedSeq }) => changedSeq <= to)
      .map(({ addressedIds, ...message }) => {
        if (addressedIds) addressed.set(message.id, new Set(addressedIds));
        return parseMessageJson(message);
      });
    const reactions = changesUpTo(row.reactions, to);
    const room = row.room && row.room.changedSeq <= to ? parseRoomJson(row.room) : null;
    const listeners = new Map((row.listeners ?? []).map(([sessionId, until, floor]) => [sessionId, { until, floor }]));
    const versions = { membersVersion: row.changedSeq, authVersion: row.authVersion };
    const summaries = row.summaries?.map((each) => ({ ...each, summary: parseSummaryJson(each.summary) }));
    const frame = {
      roomId: id,
      from,
      to,
      rows,
      room,
      ...(reactions && { reactions }),
      ...(summaries && { summaries }),
      ...(addressed.size > 0 && { addressed }),
    };
    return { frame, hasMore, versions, listeners };
  },
  async findChanged(clocks) {
    const values = [[...clocks.keys()], [...clocks.values()]];
    const { rows } = await pool().query<{ id: string }>({ name: "changed-rooms", text: findChangedSql, values });
    return rows.map(({ id }) => id);
  },
  send(options) {
    const { frame, receivers, announcedAt } = options;
    if (receivers.length === 0) return;
    for (const { sockets, ...seen } of byReader(options)) broadcast(sockets, "frame", asRead(frame, seen));
    if (frame.room) updatePresenceOfGuests(receivers);
    if (frame.to === frame.from) return;
    const { frames, deliveries, fanOutSeconds } = metrics();
    frames.inc();
    deliveries.inc(frame.rows.length * receivers.length);
    fanOutSeconds.observe((performance.now() - announcedAt) / 1_000);
  },
  emptyFrame: (roomId, clock) => ({ roomId, from: clock, to: clock, rows: [], room: null }),
  pauseMs: roomPauseMs,
};

/** What somebody gets of a frame. */
interface Seen {
  /** Their floor, or 0 if it is below every row of the frame. */
  floor: number;
  /** The indexes of the summaries that they get. */
  summariesAt: readonly number[];
  /** The ids of the messages whose groups or `@here` mean them. */
  addressedIn: readonly string[];
}

/** Receivers who get the same of a frame. */
interface Readers extends Seen {
  sockets: ServerSocket[];
}

const none: readonly never[] = [];

/** The indexes of the summaries that readers with each floor get. */
function summariesByFloor({ summaries = [] }: RoomFrame): ReadonlyMap<number, readonly number[]> {
  const byFloor = new Map<number, number[]>();
  for (const [at, { floors }] of summaries.entries())
    for (const floor of floors) byFloor.set(floor, [...(byFloor.get(floor) ?? []), at]);
  return byFloor;
}

/** The ids of the messages that mean a person. */
const idsOf = (addressed: readonly [string, ReadonlySet<string>][], personId: string): readonly string[] =>
  addressed.flatMap(([id, personIds]) => (personIds.has(personId) ? [id] : []));

/** Groups the receivers by what they get of the frame. */
function byReader({ frame, receivers, listenerOf }: SendOptions<RoomFrame>): Iterable<Readers> {
  const seqs = [...frame.rows.map(({ seq }) => seq), ...(frame.reactions ?? []).map(({ messageSeq }) => messageSeq)];
  const lowest = seqs.reduce((least, seq) => Math.min(least, seq), Number.POSITIVE_INFINITY);
  const addressed = [...(frame.addressed ?? [])];
  const summaries = summariesByFloor(frame);
  const groups = new Map<number | string, Readers>();
  for (const socket of receivers) {
    const ownFloor = listenerOf(socket)?.floor ?? Number.POSITIVE_INFINITY;
    const floor = ownFloor < lowest ? 0 : ownFloor;
    // Most frames address nobody. This runs for every receiver of every frame.
    const addressedIn = addressed.length > 0 ? idsOf(addressed, socket.data.actor.personId) : none;
    const summariesAt = summaries.get(ownFloor) ?? none;
    const isPlain = addressedIn.length === 0 && summariesAt.length === 0;
    const key = isPlain ? floor : `${floor} ${summariesAt.join()} ${addressedIn.join()}`;
    const group = groups.get(key);
    if (group) group.sockets.push(socket);
    else groups.set(key, { floor, summariesAt, addressedIn, sockets: [socket] });
  }
  return groups.values();
}

/** The frame as it is sent to readers who get this of it. */
function asRead({ addressed, summaries = [], ...frame }: RoomFrame, { floor, summariesAt, addressedIn }: Seen): Frame {
  const threads = summaries.flatMap(({ summary }, at) => (summariesAt.includes(at) ? [summary] : []));
  const seen = { ...frame, ...(threads.length > 0 && { threads }) };
  if (floor === 0 && addressedIn.length === 0) return seen;
  const reactions = frame.reactions?.filter(({ messageSeq }) => messageSeq > floor);
  const rows = frame.rows.filter(({ seq }) => seq > floor).map((row) => forReader(row, addressedIn.includes(row.id)));
  return { ...seen, rows, ...(reactions && { reactions }) };
}
