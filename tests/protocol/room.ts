// What the client keeps of one room: its whole log, my membership, and what is unread. `home` says who I am and whom I block.
import type { Entry, Frame, Home, Kind, Membership, Message, ReactionChange } from "./shapes";

/** Places that count, from `floor` on. */
type Counted = { seqs: Set<number>; floor: number };
export type RoomState = ReturnType<typeof createRoom>;
const mostCounted = 100;
const lists = ["unread", "mentions"] as const;

const countedFrom = (seqs: number[]): Counted => {
  return { seqs: new Set(seqs), floor: seqs.length < mostCounted ? 0 : Math.min(...seqs) };
};
/** My own message moves `lastReadSeq` beyond `readAtSeq`, and nothing else does. */
const ownIn = ({ lastReadSeq, readAtSeq }: Membership) => (lastReadSeq > readAtSeq ? lastReadSeq : 0);

const createRoom = ({ room, membership, clock, unread, mentions }: Entry) => ({
  room,
  membership,
  clock,
  /** The greatest clock that an entry or a frame has told of. */
  seenTo: clock,
  /** The clock up to which the two lists are known, and whether they may be wrong until another entry comes. */
  countedTo: clock,
  isStale: false,
  unread: countedFrom(unread),
  mentions: countedFrom(mentions),
  /** The place of my newest message. */
  ownSeq: ownIn(membership),
  log: new Map<number, Message>(),
  loading: "not begun" as "not begun" | "begun" | "done",
  /** Frames after a gap, and reactions to messages that may not be loaded. */
  kept: [] as Omit<Frame, "roomId">[],
  reactions: [] as ReactionChange[],
  members: new Map<string, string>(),
  membersAt: -1,
});

function newestKinds(known: Kind[] = [], received: Kind[] = []): Kind[] {
  const kinds = new Map(known.map((kind) => [kind.emoji, kind]));
  for (const kind of received)
    if (kind.changedSeq > (kinds.get(kind.emoji)?.changedSeq ?? 0)) kinds.set(kind.emoji, kind);
  return [...kinds.values()].toSorted((a, b) => a.seq - b.seq);
}

function count(room: RoomState, row: Message, home: Home): void {
  const { kind, deletedAt, authorId, seq, mentions, isForMe } = row;
  const isBlocked = home.blocks.people.some(({ personId }) => personId === authorId);
  const isHeard = kind !== "notice" && !deletedAt && authorId !== home.me.id && !isBlocked;
  const isUnread = isHeard && seq > room.membership.lastReadSeq;
  const means = (to: { kind: string; id?: string }) => to.kind === "room" || to.id === home.me.id;
  const isMention = isForMe === true || Object.values(mentions ?? {}).some(means);
  for (const list of lists) {
    const { seqs, floor } = room[list];
    if (!isUnread || (list === "mentions" && !isMention)) seqs.delete(seq);
    else if (seq >= floor) seqs.add(seq);
    if (seqs.size > mostCounted) room[list] = countedFrom([...seqs].toSorted((a, b) => a - b).slice(-mostCounted));
  }
}
export function put(room: RoomState, row: Message, home: Home): void {
  const known = room.log.get(row.seq);
  const newer = known && known.changedSeq >= row.changedSeq ? known : row;
  const reactions = newer.deletedAt ? undefined : newestKinds(known?.reactions, row.reactions);
  room.log.set(row.seq, { ...newer, reactions });
  if (row.authorId === home.me.id && row.kind === "person") room.ownSeq = Math.max(room.ownSeq, row.seq);
  putMembership(room, room.membership);
  if (newer.deletedAt || newer.changedSeq > Math.max(room.countedTo, room.clock)) count(room, newer, home);
}
export function react(room: RoomState, changes: ReactionChange[], home: Home): void {
  for (const { messageId: _, messageSeq, changed, ...counted } of changes) {
    const message = room.log.get(messageSeq);
    if (!message || message.deletedAt) continue;
    const known = message.reactions?.find(({ emoji }) => emoji === counted.emoji);
    const kind = { ...counted, isMine: changed[home.me.id] ?? known?.isMine ?? false };
    room.log.set(messageSeq, { ...message, reactions: newestKinds(message.reactions, [kind]) });
  }
  if (room.loading !== "done") room.reactions.push(...changes);
}
export function applyFrame(room: RoomState, frame: Omit<Frame, "roomId">, home: Home): void {
  room.seenTo = Math.max(room.seenTo, frame.to);
  if (frame.to <= room.clock) return;
  if (frame.from > room.clock) return void room.kept.push(frame);
  for (const row of frame.rows) put(room, row, home);
  react(room, frame.reactions ?? [], home);
  if (frame.room && frame.room.changedSeq > room.room.changedSeq) room.room = frame.room;
  room.clock = frame.to;
  applyKept(room, home);
}
export function putMembership(room: RoomState, received: Membership): void {
  const current = room.membership;
  if (received.joinedSeq !== current.joinedSeq) return;
  room.ownSeq = Math.max(room.ownSeq, ownIn(received));
  const newer = received.tick < current.tick ? current : received;
  const own = room.ownSeq > newer.readAtSeq ? room.ownSeq : 0;
  const kept = received.tick > current.tick ? 0 : current.lastReadSeq;
  const lastReadSeq = Math.max(newer.lastReadSeq, own, kept);
  room.membership = { ...newer, lastReadSeq };
  for (const list of lists) for (const seq of room[list].seqs) if (seq <= lastReadSeq) room[list].seqs.delete(seq);
  room.isStale ||= lastReadSeq < current.lastReadSeq;
}
/** Applies an entry. Returns the room's state, which is a new one if the room is not known or I joined it again. */
export function applyEntry(known: RoomState | undefined, entry: Entry, home: Home): RoomState {
  const { room: received, membership, clock } = entry;
  const isAgain = known !== undefined && membership.joinedSeq > known.membership.joinedSeq;
  const room = known && !isAgain ? known : createRoom(entry);
  if (isAgain) Object.assign(room, { kept: known.kept, seenTo: Math.max(known.seenTo, clock) });
  putMembership(room, membership);
  if (received.changedSeq > room.room.changedSeq) room.room = received;
  room.seenTo = Math.max(room.seenTo, clock);
  if (clock >= Math.max(room.countedTo, room.clock)) takeLists(room, entry, home);
  applyKept(room, home);
  return room;
}

function takeLists(room: RoomState, { clock, membership, ...entry }: Entry, home: Home): void {
  for (const list of lists) room[list] = countedFrom(entry[list]);
  room.countedTo = clock;
  const isOfOtherLists = entry.blocksTick !== home.blocks.tick || entry.groupsTick !== home.groupsTick;
  room.isStale = isOfOtherLists || membership.lastReadSeq > room.membership.lastReadSeq;
  putMembership(room, room.membership);
  for (const row of room.log.values()) if (row.changedSeq > clock) count(room, row, home);
}

/** Too much was missed: goes on from the entry's clock, without the log. */
export function applyLimited(room: RoomState, { clock }: Entry, home: Home): void {
  if (clock <= room.clock) return;
  Object.assign(room, { clock, log: new Map(), reactions: [], loading: "not begun" });
  applyKept(room, home);
}

function applyKept(room: RoomState, home: Home): void {
  for (const frame of room.kept.splice(0)) applyFrame(room, frame, home);
}
