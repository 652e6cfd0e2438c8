import type { OrganizationRole } from "@/lib/contract/person";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import { sessionValidUntil, sessionIsValid } from "@/lib/server/actor";
import { once } from "@/lib/server/once";
import { pool } from "@/lib/server/pool";
import type { ListenerVersions } from "@/lib/server/log-declaration";

// Facts are the data about a room and its senders that the posting policy needs. They are cached.

/** The person behind a session, in one room. */
export interface Sender {
  role: OrganizationRole;
  membership: (MembershipSubject & { floorSeq: number }) | null;
  /** When the session expires, in ms since 1970. It may be revoked before that. */
  validUntil: number;
}

/** The facts are stale once the room has other `versions`. */
export interface RoomFacts {
  versions: ListenerVersions;
  organizationId: string;
  room: RoomSubject;
  /** By session id. Null if the session is not valid. */
  senders: Map<string, Sender | null>;
}

interface Row extends RoomSubject {
  roomId: string;
  sessionId: string;
  organizationId: string;
  membersVersion: number;
  authVersion: number;
  /** Null if the session is not valid. */
  role: OrganizationRole | null;
  roomRole: MembershipSubject["role"] | null;
  roomFloorSeq: number | null;
  validUntil: number;
}

const maxRooms = 2_000;
/** By room id. */
const cache = () => once("room-facts", () => new Map<string, RoomFacts>());

/** Call it if a room's facts may be stale, or if the room does not exist. */
export function forgetFacts(roomId: string): void {
  cache().delete(roomId);
}

/** Facts about these sessions in these rooms, by room id. They may be stale: the caller must compare their versions. */
export async function factsOf(pairs: { roomId: string; sessionId: string }[]): Promise<Map<string, RoomFacts>> {
  const missing = pairs.filter(({ roomId, sessionId }) => !cache().get(roomId)?.senders.has(sessionId));
  if (missing.length > 0) addToCache(await readRows(missing));
  return cache();
}

const factsText = `
  SELECT r.id AS "roomId", g.session AS "sessionId", r."organizationId", r."changedSeq" AS "membersVersion", o.proof AS "authVersion",
    r.kind, r.access, r."postingPolicy", r."joinsEveryone", r."archivedAt",
    r."membersSetTopic", r."membersAddPeople", r."membersPin", r."membersMentionEveryone",
    l.role, l."validUntil", m.role AS "roomRole", m."floorSeq" AS "roomFloorSeq"
  FROM unnest($1::uuid[], $2::uuid[]) AS g(room, session)
  JOIN "Room" r ON r.id = g.room
  JOIN "Organization" o ON o.id = r."organizationId"
  LEFT JOIN LATERAL (
    SELECT p.id, p.role, ${sessionValidUntil.sql} AS "validUntil" FROM "Session" s JOIN "Person" p ON p.id = s."personId"
    WHERE s.id = g.session AND s."organizationId" = r."organizationId" AND ${sessionIsValid.sql}) l ON true
  LEFT JOIN "Membership" m ON m."roomId" = r.id AND m."personId" = l.id`;

async function readRows(pairs: { roomId: string; sessionId: string }[]): Promise<Row[]> {
  const values = [pairs.map((pair) => pair.roomId), pairs.map((pair) => pair.sessionId)];
  return (await pool().query<Row>({ name: "room-facts", text: factsText, values })).rows;
}

function addToCache(rows: Row[]): void {
  for (const {
    roomId,
    sessionId,
    organizationId,
    membersVersion,
    authVersion,
    role,
    roomRole,
    roomFloorSeq,
    validUntil,
    ...room
  } of rows) {
    let facts = cache().get(roomId);
    if (facts?.versions.membersVersion !== membersVersion || facts.versions.authVersion !== authVersion) {
      facts = { versions: { membersVersion, authVersion }, organizationId, room, senders: new Map() };
    }
    const membership = roomRole && { role: roomRole, floorSeq: roomFloorSeq ?? 0 };
    facts.senders.set(sessionId, role && { role, membership, validUntil });
    // Moves the room to the end of the map, so that the first room in the map is the one that was read longest ago.
    cache().delete(roomId);
    cache().set(roomId, facts);
  }
  for (const oldest of cache().keys()) {
    if (cache().size <= maxRooms) break;
    cache().delete(oldest);
  }
}
