// The stored state, read from the tables with the checker's own statements, never through the product.
import pg from "pg";
import type { PresenceChoice } from "@/lib/contract/presence";
import type { MentionTargets } from "@/lib/contract/mention";
import { choiceAt } from "@/lib/contract/presence-choice";
import type { Database } from "./database";
import type { Run } from "./run-state";
import { readMentions, type StoredMentions } from "./truth-mentions";

export interface Row {
  id: string;
  organizationId: string;
  roomId: string;
  authorId: string | null;
  kind: string;
  body: string;
  notice: {
    type: string;
    personIds?: string[];
    role?: string;
    postingPolicy?: string;
    from?: string;
    access?: string;
    history?: string;
  } | null;
  seq: number;
  changedSeq: number;
  /** The first message of its thread; null if it is no reply. */
  threadId: string | null;
  /** For a reply: whether the room shows it, too. */
  alsoInRoom: boolean;
  isMoved: boolean;
  /** What is said of the thread that it began. */
  thread: { title: string | null; resolvedAt: string | null; resolvedById: string | null } | null;
  deleted: boolean;
  replyToId: string | null;
  /** Whom it mentions, by the handle. */
  mentions: MentionTargets | null;
  createdAt: Date;
  /** Who pinned it. Null if it is not pinned. */
  pinnedById: string | null;
  /** When its latest state was committed, in milliseconds since 1970. */
  committedAt: number;
}
export interface RoomRow {
  id: string;
  organizationId: string;
  name: string;
  clock: number;
  changedSeq: number;
  pinsSeq: number;
  access: string;
  postingPolicy: string;
  topic: string;
  history: string;
  archived: boolean;
  /** The people of a direct room. Empty for a channel. */
  directIds: string[];
  /** When it was deleted, in milliseconds since 1970. Nothing changes it afterwards. */
  deletedAt: number | null;
}
export interface PersonRow {
  id: string;
  organizationId: string;
  clock: number;
  name: string;
  handle: string;
  role: string;
  title: string;
  timeZone: string | null;
  statusEmoji: string;
  statusText: string;
  picture: string | null;
  /** The sections of their sidebar. Null: the built-in ones. */
  sections: { id: string }[] | null;
  /** What they prefer. Null: the defaults. */
  preferences: { messageLayout: string } | null;
  /** What they chose to be seen as, and when the choice ends. */
  presence: PresenceChoice;
  presenceUntil: Date | null;
  /** Whether they can sign in: neither deactivated nor a guest whose access has ended. */
  isActive: boolean;
}
export interface Member {
  /** Whether it is in the number of members. */
  isCounted: boolean;
  roomId: string;
  personId: string;
  role: string;
  lastReadSeq: number;
  joinedSeq: number;
  floorSeq: number;
  hiddenUpToSeq: number | null;
  isMuted: boolean;
  sectionId: string | null;
}
export interface Truth {
  /** Each room's log by place. */
  logs: Map<string, Row[]>;
  rooms: Map<string, RoomRow>;
  members: Member[];
  people: Map<string, PersonRow>;
  /** The clock of each organization's log. */
  organizationClocks: Map<string, number>;
  /** The earlier bodies of edited messages, by message id. */
  revisions: Map<string, string[]>;
  revokedSessions: Set<string>;
  /** Memberships that follow a group or a role although none opens the room to the person. */
  closedMemberships: { roomId: string; personId: string }[];
  bans: { roomId: string; personId: string }[];
  invites: { id: string; roomId: string; personId: string; inviterId: string; state: string }[];
  /** The people whom each person blocks. */
  blocks: Map<string, Set<string>>;
  /** The people who react to each message, by its id, in the order in which they did, and with which emoji. */
  reactions: Map<string, { emoji: string; personId: string; changedSeq: number }[]>;
  mentions: StoredMentions;
  /** The drafts by person and place (`placeOf`), separated by a space. One that was sent is empty. */
  drafts: Map<string, { personId: string; place: string; text: string }>;
  /** The threads that people follow, or have chosen not to. */
  follows: {
    roomId: string;
    threadId: string;
    personId: string;
    isFollowed: boolean;
    isMuted: boolean | null;
    lastReadSeq: number;
    fromSeq: number;
  }[];
}

/** Compares the journal of a run with the stored state, and notes violations. */
export type Check = (run: Run, truth: Truth) => void;

/** Reads everything in one snapshot. */
export async function readTruth(database: Database): Promise<Truth> {
  const client = new pg.Client({ connectionString: database.url, application_name: "chaos" });
  client.on("error", () => {});
  await client.connect();
  const read = async <R extends object>(sql: string) => (await client.query<R>(sql)).rows;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const rooms = await read<RoomRow>(
      `SELECT id, "organizationId", name, clock, "changedSeq", "pinsSeq", access, "postingPolicy", topic, history, "directIds",
        "archivedAt" IS NOT NULL AS archived, CASE WHEN "deletedAt" IS NOT NULL THEN
          (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 END AS "deletedAt" FROM "Room"`,
    );
    const rows = await read<Row>(`
      SELECT id, "organizationId", "roomId", "authorId", kind, coalesce(body, '') AS body, notice, seq, "changedSeq", "threadId", "alsoInRoom", "movedAt" IS NOT NULL AS "isMoved", thread,
        "deletedAt" IS NOT NULL AS deleted, "replyToId", "pinnedById", mentions, "createdAt",
        (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 AS "committedAt"
      FROM "Message" ORDER BY "roomId", seq`);
    const members = await read<Member>(
      `SELECT "roomId", "personId", role, "joinedSeq", "floorSeq", greatest("lastReadSeq", (
        SELECT max(seq) FROM "Message" x WHERE x."roomId" = m."roomId" AND x."authorId" = m."personId"
          AND x.seq > m."readAtSeq" AND x.kind <> 'notice' AND (x."threadId" IS NULL OR x."movedAt" IS NOT NULL))) AS "lastReadSeq",
        "isCounted", "hiddenUpToSeq", "isMuted", "sectionId" FROM "Membership" m`,
    );
    const people = await read<PersonRow>(
      `SELECT p.id, p."organizationId", coalesce(l.clock, 1) AS clock, p.role, p.name, p.handle, p.title, p."timeZone",
         p."statusEmoji", p."statusText", p.picture, l.sections, l.preferences,
         coalesce(l.presence, 'auto') AS presence, l."presenceUntil",
         p."deactivatedAt" IS NULL AND (p."endsAt" IS NULL OR p."endsAt" > now()) AS "isActive"
       FROM "Person" p LEFT JOIN "PersonLog" l ON l."personId" = p.id`,
    );
    const organizations = await read<{ id: string; clock: number }>(
      `SELECT o.id, coalesce(l.clock, 0) AS clock FROM "Organization" o LEFT JOIN "OrganizationLog" l ON l."organizationId" = o.id`,
    );
    const revisions = await read<{ messageId: string; body: string }>(
      `SELECT "messageId", body FROM "MessageRevision" ORDER BY "replacedAt"`,
    );
    const revoked = await read<{ id: string }>(
      `SELECT s.id FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE s."revokedAt" IS NOT NULL OR p."deactivatedAt" IS NOT NULL OR p."endsAt" <= now()`,
    );
    const closedMemberships = await read<{ roomId: string; personId: string }>(`
      SELECT m."roomId", m."personId" FROM "Membership" m
      JOIN "Room" r ON r.id = m."roomId" AND r.access = 'restricted' JOIN "Person" p ON p.id = m."personId" AND p.role IN ('member', 'guest')
      WHERE m."isFollowing" AND NOT EXISTS (
        SELECT 1 FROM "RoomGroup" g JOIN "GroupMember" x ON x."groupId" = g."groupId"
        WHERE g."roomId" = r.id AND x."personId" = p.id)`);
    const bans = await read<Truth["bans"][number]>(`SELECT "roomId", "personId" FROM "Ban"`);
    const invites = await read<Truth["invites"][number]>(
      `SELECT id, "roomId", "personId", "inviterId", state FROM "RoomInvite"`,
    );
    const blocks = await read<{ blockerId: string; blockedId: string }>(`SELECT "blockerId", "blockedId" FROM "Block"`);
    const given = await read<{ messageId: string; emoji: string; personId: string; changedSeq: number }>(
      `SELECT "messageId", emoji, "personId", "changedSeq" FROM "Reaction" WHERE "isGiven" ORDER BY "changedSeq"`,
    );
    const reactions: Truth["reactions"] = new Map();
    for (const { messageId, ...row } of given) reactions.set(messageId, [...(reactions.get(messageId) ?? []), row]);
    const drafts = await read<{ personId: string; place: string; text: string }>(`
      SELECT "personId", concat_ws('/', "threadRoomId", "roomId") AS place, CASE WHEN EXISTS (
        SELECT 1 FROM "Message" m WHERE m.id = d.id AND m."authorId" = d."personId") THEN '' ELSE text END AS text FROM "Draft" d`);
    const follows = await read<Truth["follows"][number]>(
      `SELECT "roomId", "threadId", "personId", "isFollowed", "isMuted", "lastReadSeq", "fromSeq" FROM "ThreadFollow"`,
    );
    return {
      reactions,
      mentions: await readMentions(read),
      drafts: new Map(drafts.map((draft) => [`${draft.personId} ${draft.place}`, draft])),
      bans,
      follows,
      blocks: new Map(
        people.map(({ id }) => {
          return [id, new Set(blocks.filter(({ blockerId }) => blockerId === id).map(({ blockedId }) => blockedId))];
        }),
      ),
      invites,
      closedMemberships,
      rooms: new Map(rooms.map((room) => [room.id, room])),
      logs: new Map(rooms.map(({ id }) => [id, rows.filter((row) => row.roomId === id)])),
      members,
      people: new Map(people.map((person) => [person.id, person])),
      organizationClocks: new Map(organizations.map(({ id, clock }) => [id, clock])),
      revisions: groupBodies(revisions),
      revokedSessions: new Set(revoked.map(({ id }) => id)),
    };
  } finally {
    await client.end();
  }
}

function groupBodies(rows: { messageId: string; body: string }[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const { messageId, body } of rows) all.set(messageId, [...(all.get(messageId) ?? []), body]);
  return all;
}

/** Whether a person blocks the author of a message. */
export const blocks = (truth: Truth, personId: string, authorId: string | null): boolean =>
  authorId !== null && truth.blocks.get(personId)?.has(authorId) === true;

/** A stay of a person in a room, in places of its log: from the one of joining to the one before leaving. */
export interface Stay {
  from: number;
  to: number;
}

/** The stays of a person in a room. A log that does not begin with its creation is of a room in which everybody was from the start. */
export function stays(truth: Truth, roomId: string, personId: string): Stay[] {
  const log = truth.logs.get(roomId) ?? [];
  const directIds = truth.rooms.get(roomId)?.directIds ?? [];
  // Its people have been in a direct room from the start, and nobody else ever was.
  if (directIds.length > 0) return directIds.includes(personId) ? [{ from: 0, to: Number.POSITIVE_INFINITY }] : [];
  const spans = log[0]?.notice?.type === "created" ? [] : [{ from: 0, to: Number.POSITIVE_INFINITY }];
  for (const { notice, seq, authorId } of log) {
    const concerns = notice?.type === "created" ? authorId === personId : notice?.personIds?.includes(personId);
    if (!notice || !concerns) continue;
    const last = spans.at(-1);
    const inside = last?.to === Number.POSITIVE_INFINITY;
    if ((notice.type === "removed" || notice.type === "left") && inside && last) last.to = seq - 1;
    if (["added", "joined", "created"].includes(notice.type) && !inside) {
      spans.push({ from: seq, to: Number.POSITIVE_INFINITY });
    }
  }
  // Everybody left a deleted room at the tick of its deletion, of which the log says nothing.
  const room = truth.rooms.get(roomId);
  const last = spans.at(-1);
  if (last && room && room.deletedAt !== null) last.to = Math.min(last.to, room.changedSeq - 1);
  return spans;
}

/** What a person's choice is now. */
export function choiceNow({ people }: Truth, personId: string): PresenceChoice {
  const row = people.get(personId);
  const until = row?.presenceUntil?.toISOString() ?? null;
  return choiceAt({ choice: row?.presence ?? "auto", until }, Date.now());
}

/** How long the servers may take to notice that a choice has ended, in ms. */
const noticedWithinMs = 3_000;

/** Whether a person's choice has just ended, so that servers may still show it. */
export function hasJustEnded({ people }: Truth, personId: string): boolean {
  const agoMs = Date.now() - (people.get(personId)?.presenceUntil?.getTime() ?? Number.POSITIVE_INFINITY);
  return agoMs >= 0 && agoMs < noticedWithinMs;
}

/** Whether someone may know of another person: everyone of everyone, but guests only of people they share a room with. */
export function mayKnow({ people, members }: Truth, viewerId: string, personId: string): boolean {
  if (people.get(viewerId)?.role !== "guest" || viewerId === personId) return true;
  const roomsOf = (id: string) => members.filter((member) => member.personId === id).map(({ roomId }) => roomId);
  const theirs = new Set(roomsOf(personId));
  return roomsOf(viewerId).some((roomId) => theirs.has(roomId));
}

/** Whether a person was in a room from one time to another, both in milliseconds since 1970. */
export function wasMember(truth: Truth, roomId: string, personId: string, from: number, to: number): boolean {
  const log = truth.logs.get(roomId) ?? [];
  const committedAt = (place: number) => log.find(({ seq }) => seq === place)?.committedAt;
  return stays(truth, roomId, personId).some((stay) => {
    const joinedAt = stay.from === 0 ? 0 : (committedAt(stay.from) ?? Number.POSITIVE_INFINITY);
    const deletedAt = truth.rooms.get(roomId)?.deletedAt ?? Number.POSITIVE_INFINITY;
    const leftAt = committedAt(stay.to + 1) ?? deletedAt;
    // Two milliseconds of tolerance, because one clock is read in whole milliseconds.
    return joinedAt < from - 2 && leftAt > to + 2;
  });
}
