import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import { pool } from "@/lib/server/pool";
import { once } from "@/lib/server/once";

/** What the posting policy needs to know about a room. `version` is the room's `changedSeq`: if it has moved, this is stale. */
export interface RoomFacts {
  version: number;
  organizationId: string;
  room: RoomSubject;
  members: Map<string, MembershipSubject | null>;
}

interface Row extends RoomSubject {
  roomId: string;
  personId: string;
  organizationId: string;
  version: number;
  role: MembershipSubject["role"] | null;
}

const keptAtMost = 2_000;
const kept = () => once("room-facts", () => new Map<string, RoomFacts>());

/** Call when a room's facts may be stale, or the room is gone. */
export function forgetFacts(roomId: string): void {
  kept().delete(roomId);
}

/** Facts about these people in these rooms, by room id, cached. The caller must check that `version` is still current. */
export async function factsOf(pairs: { roomId: string; personId: string }[]): Promise<Map<string, RoomFacts>> {
  const missing = pairs.filter(({ roomId, personId }) => !kept().get(roomId)?.members.has(personId));
  if (missing.length > 0) remember(await read(missing));
  return kept();
}

const text = `
  SELECT r.id AS "roomId", g.person AS "personId", r."organizationId", r."changedSeq" AS version,
    r.kind, r.access, r."postingPolicy", r."joinsEveryone", r."archivedAt", m.role
  FROM unnest($1::uuid[], $2::uuid[]) AS g(room, person)
  JOIN "Room" r ON r.id = g.room
  LEFT JOIN "Membership" m ON m."roomId" = r.id AND m."personId" = g.person`;

async function read(pairs: { roomId: string; personId: string }[]): Promise<Row[]> {
  const values = [pairs.map((pair) => pair.roomId), pairs.map((pair) => pair.personId)];
  return (await pool().query<Row>({ name: "room-facts", text, values })).rows;
}

function remember(rows: Row[]): void {
  for (const { roomId, personId, organizationId, version, role, ...room } of rows) {
    let facts = kept().get(roomId);
    if (facts?.version !== version) facts = { version, organizationId, room, members: new Map() };
    facts.members.set(personId, role && { role });
    // Moves the room to the end of the map. The first entry is the one that was read longest ago.
    kept().delete(roomId);
    kept().set(roomId, facts);
  }
  for (const oldest of kept().keys()) {
    if (kept().size <= keptAtMost) break;
    kept().delete(oldest);
  }
}
