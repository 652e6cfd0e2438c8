import type { Frame } from "@/lib/contract/events";
import { limits } from "@/lib/contract/limits";
import type { OrganizationRole } from "@/lib/contract/person";
import type { OwnReaction, ReactionChange, ReactionKind } from "@/lib/contract/reaction";
import { type MessageSubject, mayReact } from "@/lib/policy/message";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import { type Actor, sessionIsValid } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { Prisma, type Tx } from "@/lib/server/db";
import { remainingMs, tooLate } from "@/lib/server/deadline";
import type { ListenerVersions } from "@/lib/server/log-declaration";
import { countedColumns } from "./count";

/** What a person wants: to react to a message with an emoji, or not to. */
export interface Wish {
  actor: Actor;
  messageId: string;
  emoji: string;
  isGiven: boolean;
  /** When the request was received, by `performance.now()`. */
  receivedAt: number;
}

/** The state after a wish, or the reason why it is refused. */
export type Outcome = OwnReaction | AppError;

/** What was stored. Send the frames after the commit. */
export interface Stored {
  outcomes: Map<Wish, Outcome>;
  /** What changed in each room, and the versions of its listeners, which stay until the commit. */
  frames: { frame: Frame; versions: ListenerVersions }[];
}

/** What decides about a wish, read under the locks. */
interface Situation {
  /** Null if the session has ended. */
  role: OrganizationRole | null;
  /** Null if there is no such message, or its room is deleted. */
  found: null | {
    roomId: string;
    clock: number;
    membersVersion: number;
    room: RoomSubject;
    membership: (MembershipSubject & { floorSeq: number }) | null;
    message: MessageSubject & { seq: number };
  };
}

/** The reactions to one message with one emoji. */
interface Kind {
  count: number;
  /** For each person in this batch: whether they react now, and the tick at which they first did. */
  own: Map<string, { isGiven: boolean; seq: number }>;
}

/** A row to write. */
interface Row {
  wish: Wish;
  roomId: string;
  messageSeq: number;
  seq: number;
  changedSeq: number;
}

/** What the wishes come to. */
interface Decided {
  refused: Map<Wish, AppError>;
  /** Each row once, in its last state. */
  rows: Map<string, Row>;
  /** The new clocks, by room id. */
  clocks: Map<string, number>;
}

const keyOf = ({ messageId, emoji }: Pick<Wish, "messageId" | "emoji">) => `${messageId} ${emoji}`;

/**
 * Stores wishes in their order. Their rooms are locked, so what is read here stays true until the commit, and a message gets no more
 * than `limits.reactionKinds` emoji.
 */
export async function storeLocked(tx: Tx, wishes: readonly Wish[]): Promise<Stored> {
  if (wishes.length === 0) return { outcomes: new Map(), frames: [] };
  const authVersions = await lockRowsAndProofs(tx, wishes);
  const situations = await readSituations(tx, wishes);
  const kinds = await readKinds(tx, wishes);
  const { refused, rows, clocks } = decide(wishes, situations, kinds);
  await write(tx, [...rows.values()], clocks);
  const counted = await count(tx, wishes);
  const outcomes = wishes.map((wish, at): [Wish, Outcome] => {
    const found = situations[at]?.found;
    if (!found || refused.has(wish)) return [wish, refused.get(wish) ?? new AppError("not_found")];
    const { messageId, emoji, actor } = wish;
    const isMine = kinds.get(messageId)?.get(emoji)?.own.get(actor.personId)?.isGiven ?? false;
    const none = { emoji, count: 0, personIds: [], seq: 0, changedSeq: 0 };
    const kind = { ...(counted.get(keyOf(wish)) ?? none), isMine };
    return [wish, { roomId: found.roomId, messageId, messageSeq: found.message.seq, kind }];
  });
  const frames = new Map<string, Stored["frames"][number]>();
  for (const [at, { actor }] of wishes.entries()) {
    const found = situations[at]?.found;
    const to = found && clocks.get(found.roomId);
    if (!to || frames.has(found.roomId)) continue;
    const { roomId, clock: from, membersVersion } = found;
    const reactions = changesIn(roomId, [...rows.values()], counted);
    const versions = { membersVersion, authVersion: authVersions.get(actor.organizationId) ?? 0 };
    frames.set(roomId, { frame: { roomId, from, to, rows: [], room: null, reactions }, versions });
  }
  return { outcomes: new Map(outcomes), frames: [...frames.values()] };
}

/** The written rows of a room as its log tells them. */
function changesIn(roomId: string, rows: readonly Row[], counted: ReadonlyMap<string, Counted>): ReactionChange[] {
  const changes = new Map<string, ReactionChange>();
  for (const { wish, messageSeq } of rows.filter((row) => row.roomId === roomId)) {
    const key = keyOf(wish);
    const known = changes.get(key)?.changed;
    const changed = { ...known, [wish.actor.personId]: wish.isGiven };
    changes.set(key, { messageId: wish.messageId, messageSeq, ...(counted.get(key) as Counted), changed });
  }
  return [...changes.values()];
}

/**
 * Locks the rows that these wishes may change, and then what keeps sessions and roles as they are: the last lock (decision 0035). Returns
 * the versions of sessions and roles, by organization id.
 */
async function lockRowsAndProofs(tx: Tx, wishes: readonly Wish[]): Promise<Map<string, number>> {
  const organizationIds = [...new Set(wishes.map(({ actor }) => actor.organizationId))].toSorted();
  const proofs = await tx.$queryRaw<{ id: string; proof: number }[]>`
    WITH locked AS MATERIALIZED (
      SELECT 1 FROM ${asked(wishes)} JOIN "Reaction" x ON x."organizationId" = w.organization AND x."messageId" = w.message
        AND x.emoji = w.emoji AND x."personId" = w.person
      FOR NO KEY UPDATE OF x)
    SELECT o.id, "proofOf"(o.id) AS proof FROM unnest(${organizationIds}::uuid[]) AS o(id) WHERE (SELECT count(*) FROM locked) >= 0`;
  return new Map(proofs.map(({ id, proof }) => [id, proof]));
}

/** Decides about each wish. Each change takes a tick of its room; a wish that is fulfilled already takes none. Updates `kinds`. */
function decide(
  wishes: readonly Wish[],
  situations: readonly Situation[],
  kinds: Map<string, Map<string, Kind>>,
): Decided {
  const decided: Decided = { refused: new Map(), rows: new Map(), clocks: new Map() };
  for (const [at, wish] of wishes.entries()) {
    const { role, found } = situations[at] as Situation;
    const { messageId, emoji, isGiven, actor } = wish;
    const ofMessage = kinds.get(messageId) ?? new Map<string, Kind>();
    const error = refusalOf(wish, { role, found }, ofMessage);
    if (error) decided.refused.set(wish, error);
    if (error || !found) continue;
    const kind = ofMessage.get(emoji) ?? { count: 0, own: new Map() };
    const known = kind.own.get(actor.personId);
    if ((known?.isGiven ?? false) === isGiven) continue;
    const tick = (decided.clocks.get(found.roomId) ?? found.clock) + 1;
    const seq = known?.seq ?? tick;
    kind.count += isGiven ? 1 : -1;
    kind.own.set(actor.personId, { isGiven, seq });
    kinds.set(messageId, ofMessage.set(emoji, kind));
    decided.clocks.set(found.roomId, tick);
    const messageSeq = found.message.seq;
    decided.rows.set(`${keyOf(wish)} ${actor.personId}`, {
      wish,
      roomId: found.roomId,
      messageSeq,
      seq,
      changedSeq: tick,
    });
  }
  return decided;
}

function refusalOf(wish: Wish, { role, found }: Situation, ofMessage: ReadonlyMap<string, Kind>): AppError | null {
  if (!role) return new AppError("unauthenticated");
  if (!found?.membership || found.message.seq <= found.membership.floorSeq) return new AppError("not_found");
  if (remainingMs(wish.receivedAt) <= 0) return tooLate();
  const decision = mayReact(found.room, found.membership, found.message);
  if (!decision.ok) return new AppError(decision.code, decision.reason);
  if (!wish.isGiven || (ofMessage.get(wish.emoji)?.count ?? 0) > 0) return null;
  const shown = [...ofMessage.values()].filter((kind) => kind.count > 0).length;
  const most = limits.reactionKinds;
  return shown < most
    ? null
    : new AppError("conflict", `This message already has ${most} different reactions. Use one of them.`);
}

/** SQL: the wishes as rows `w`, in their order of `place`. */
const asked = (wishes: readonly Wish[]) => Prisma.sql`unnest(
  ${wishes.map(({ actor }) => actor.sessionId)}::uuid[], ${wishes.map(({ actor }) => actor.organizationId)}::uuid[],
  ${wishes.map(({ actor }) => actor.personId)}::uuid[], ${wishes.map(({ messageId }) => messageId)}::uuid[],
  ${wishes.map(({ emoji }) => emoji)}::text[]) WITH ORDINALITY AS w(session, organization, person, message, emoji, place)`;

/** Reads the situation of each wish, in their order. */
async function readSituations(tx: Tx, wishes: readonly Wish[]): Promise<Situation[]> {
  return tx.$queryRaw<Situation[]>`
    SELECT a.role, CASE WHEN r.id IS NOT NULL THEN json_build_object('roomId', r.id, 'clock', r.clock, 'membersVersion', r."changedSeq",
      'room', json_build_object('kind', r.kind, 'access', r.access, 'postingPolicy', r."postingPolicy",
        'joinsEveryone', r."joinsEveryone", 'archivedAt', r."archivedAt",
        'membersSetTopic', r."membersSetTopic", 'membersAddPeople', r."membersAddPeople"),
      'membership', CASE WHEN b."personId" IS NOT NULL THEN json_build_object('role', b.role, 'floorSeq', b."floorSeq") END,
      'message', json_build_object('authorId', m."authorId", 'kind', m.kind, 'deletedAt', m."deletedAt", 'seq', m.seq)) END AS found
    FROM ${asked(wishes)}
    LEFT JOIN LATERAL (
      SELECT p.id, p.role FROM "Session" s JOIN "Person" p ON p.id = s."personId"
      WHERE s.id = w.session AND ${sessionIsValid}) a ON true
    LEFT JOIN "Message" m ON m."organizationId" = w.organization AND m.id = w.message
    LEFT JOIN "Room" r ON r.id = m."roomId" AND r."deletedAt" IS NULL
    LEFT JOIN "Membership" b ON b."roomId" = r.id AND b."personId" = a.id
    ORDER BY w.place`;
}

/** Counts the reactions to the messages of these wishes, by message id and emoji. */
async function readKinds(tx: Tx, wishes: readonly Wish[]): Promise<Map<string, Map<string, Kind>>> {
  type Found = {
    messageId: string;
    emoji: string;
    count: number;
    own: Record<string, { isGiven: boolean; seq: number }> | null;
  };
  const found = await tx.$queryRaw<Found[]>`
    SELECT x."messageId", x.emoji, count(*) FILTER (WHERE x."isGiven")::int AS count,
      json_object_agg(x."personId", json_build_object('isGiven', x."isGiven", 'seq', x.seq))
        FILTER (WHERE x."personId" = ANY(${wishes.map(({ actor }) => actor.personId)}::uuid[])) AS own
    FROM (SELECT DISTINCT w.organization, w.message FROM ${asked(wishes)}) w
    JOIN "Reaction" x ON x."organizationId" = w.organization AND x."messageId" = w.message
    GROUP BY 1, 2`;
  const kinds = new Map<string, Map<string, Kind>>();
  for (const { messageId, emoji, count: given, own } of found) {
    const ofMessage = kinds.get(messageId) ?? new Map<string, Kind>();
    kinds.set(messageId, ofMessage.set(emoji, { count: given, own: new Map(Object.entries(own ?? {})) }));
  }
  return kinds;
}

/** Writes the rows and the clocks of their rooms, with one statement. */
async function write(tx: Tx, rows: readonly Row[], clocks: ReadonlyMap<string, number>): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE "Room" r SET clock = c.clock FROM unnest(${[...clocks.keys()]}::uuid[], ${[...clocks.values()]}::int[]) AS c(id, clock)
      WHERE r.id = c.id)
    INSERT INTO "Reaction" ("organizationId", "roomId", "messageId", emoji, "personId", seq, "changedSeq", "isGiven", "reactedAt")
    SELECT w.*, now() FROM unnest(${rows.map(({ wish }) => wish.actor.organizationId)}::uuid[], ${rows.map(({ roomId }) => roomId)}::uuid[],
      ${rows.map(({ wish }) => wish.messageId)}::uuid[], ${rows.map(({ wish }) => wish.emoji)}::text[],
      ${rows.map(({ wish }) => wish.actor.personId)}::uuid[], ${rows.map(({ seq }) => seq)}::int[],
      ${rows.map(({ changedSeq }) => changedSeq)}::int[], ${rows.map(({ wish }) => wish.isGiven)}::boolean[]) AS w
    ON CONFLICT ("organizationId", "messageId", emoji, "personId") DO UPDATE
    SET "changedSeq" = excluded."changedSeq", "isGiven" = excluded."isGiven", "reactedAt" = excluded."reactedAt"`;
}

type Counted = Omit<ReactionKind, "isMine">;

/** Counts the reactions that these wishes are about, by message id and emoji. */
async function count(tx: Tx, wishes: readonly Wish[]): Promise<Map<string, Counted>> {
  const rows = await tx.$queryRaw<(Counted & { messageId: string })[]>`
    SELECT x."messageId", x.emoji, ${countedColumns}
    FROM (SELECT DISTINCT w.organization, w.message, w.emoji FROM ${asked(wishes)}) w
    JOIN "Reaction" x ON x."organizationId" = w.organization AND x."messageId" = w.message AND x.emoji = w.emoji
    GROUP BY 1, 2`;
  return new Map(rows.map(({ messageId, ...counted }) => [keyOf({ messageId, emoji: counted.emoji }), counted]));
}
