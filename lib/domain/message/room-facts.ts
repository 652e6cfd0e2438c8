import type { OrganizationRole } from "@/lib/contract/person";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import { sessionValidUntil, sessionIsValid } from "@/lib/server/actor";
import { once } from "@/lib/server/once";
import { pool } from "@/lib/server/pool";
import type { ListenerVersions } from "@/lib/server/log-declaration";

/** What the posting policy needs to know about a login in one room. */
export interface Sender {
  role: OrganizationRole;
  membership: MembershipSubject | null;
  /** When the login ends unless it is revoked before, in ms since 1970. */
  endsAt: number;
}

/** What the posting policy needs to know about a room. It is stale once one of `versions` has moved. */
export interface RoomFacts {
  versions: ListenerVersions;
  organizationId: string;
  room: RoomSubject;
  /** By login. Null if the login is not good. */
  senders: Map<string, Sender | null>;
}

interface Row extends RoomSubject {
  roomId: string;
  sessionId: string;
  organizationId: string;
  members: number;
  proof: number;
  /** Null if the login is not good. */
  role: OrganizationRole | null;
  roomRole: MembershipSubject["role"] | null;
  endsAt: number;
}

const keptAtMost = 2_000;
const kept = () => once("room-facts", () => new Map<string, RoomFacts>());

/** Call when a room's facts may be stale, or the room is gone. */
export function forgetFacts(roomId: string): void {
  kept().delete(roomId);
}

/** Facts about these logins in these rooms, by room id, cached. The caller must check that their versions are current. */
export async function factsOf(pairs: { roomId: string; sessionId: string }[]): Promise<Map<string, RoomFacts>> {
  const missing = pairs.filter(({ roomId, sessionId }) => !kept().get(roomId)?.senders.has(sessionId));
  if (missing.length > 0) remember(await read(missing));
  return kept();
}

const text = `
  SELECT r.id AS "roomId", g.session AS "sessionId", r."organizationId", r."changedSeq" AS members, o.proof,
    r.kind, r.access, r."postingPolicy", r."joinsEveryone", r."archivedAt",
    l.role, l."endsAt", m.role AS "roomRole"
  FROM unnest($1::uuid[], $2::uuid[]) AS g(room, session)
  JOIN "Room" r ON r.id = g.room
  JOIN "Organization" o ON o.id = r."organizationId"
  LEFT JOIN LATERAL (
    SELECT p.id, p.role, ${sessionValidUntil.sql} AS "endsAt" FROM "Session" s JOIN "Person" p ON p.id = s."personId"
    WHERE s.id = g.session AND s."organizationId" = r."organizationId" AND ${sessionIsValid.sql}) l ON true
  LEFT JOIN "Membership" m ON m."roomId" = r.id AND m."personId" = l.id`;

async function read(pairs: { roomId: string; sessionId: string }[]): Promise<Row[]> {
  const values = [pairs.map((pair) => pair.roomId), pairs.map((pair) => pair.sessionId)];
  return (await pool().query<Row>({ name: "room-facts", text: text, values })).rows;
}

function remember(rows: Row[]): void {
  for (const { roomId, sessionId, organizationId, members, proof, role, roomRole, endsAt, ...room } of rows) {
    let facts = kept().get(roomId);
    if (facts?.versions.members !== members || facts.versions.proof !== proof) {
      facts = { versions: { members, proof }, organizationId, room, senders: new Map() };
    }
    facts.senders.set(sessionId, role && { role, membership: roomRole && { role: roomRole }, endsAt });
    // Moves the room to the end of the map. The first entry is the one that was read longest ago.
    kept().delete(roomId);
    kept().set(roomId, facts);
  }
  for (const oldest of kept().keys()) {
    if (kept().size <= keptAtMost) break;
    kept().delete(oldest);
  }
}
