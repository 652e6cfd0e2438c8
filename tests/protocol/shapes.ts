// The parts of the types in docs/protocol.md that the client uses.

/** Of two states of a thing, the one with the greater tick is newer. */
interface Ticked {
  tick: number;
}
export interface Kind {
  emoji: string;
  count: number;
  personIds: string[];
  seq: number;
  changedSeq: number;
  isMine: boolean;
}
export type ReactionChange = Omit<Kind, "isMine"> & {
  messageId: string;
  messageSeq: number;
  changed: Record<string, boolean>;
};
export interface Message {
  id: string;
  roomId: string;
  authorId: string | null;
  kind: string;
  body: string;
  seq: number;
  changedSeq: number;
  deletedAt: string | null;
  mentions: Record<string, { kind: string; id?: string }> | null;
  isForMe?: true;
  reactions?: Kind[] | undefined;
}
interface Room {
  id: string;
  changedSeq: number;
}
export interface Membership extends Ticked {
  roomId: string;
  lastReadSeq: number;
  readAtSeq: number;
  joinedSeq: number;
  floorSeq: number;
}
export interface Entry {
  room: Room;
  membership: Membership;
  clock: number;
  unread: number[];
  mentions: number[];
  blocksTick: number;
  groupsTick: number;
  lastMessage: Message | null;
}
interface Changes {
  from: number;
  to: number;
}
export interface Frame extends Changes {
  roomId: string;
  rows: Message[];
  room: Room | null;
  reactions?: ReactionChange[];
}
export interface Person extends Ticked {
  id: string;
}
interface Blocks extends Ticked {
  people: { personId: string }[];
}
export interface Home {
  blocks: Blocks;
  me: Person;
  sessionId: string;
  clock: number;
  organizationClock: number;
  epoch: string;
  rooms: Entry[];
  people: Person[];
  groupsTick: number;
}
type MyChange =
  | { type: "entry"; entry: Entry }
  | { type: "gone"; roomId: string }
  | { type: "read"; membership: Membership }
  | { type: "groups" | "sidebar" | "preferences" | "presence" | "blocks" | "draft" | "invite" };
export interface Mine extends Changes {
  changes: MyChange[];
  more?: boolean;
}
export interface Ours extends Changes {
  people: Person[];
  more?: boolean;
}
type RoomSync = ({ kind: "delta" } & Omit<Frame, "roomId">) | { kind: "limited"; entry: Entry } | { kind: "gone" };
export interface SyncAnswer {
  epoch: string;
  home: Home | null;
  me: Mine | null;
  organization: Ours | null;
  rooms: Record<string, RoomSync>;
  later: string[];
  people: Person[];
}
export interface Page {
  messages: Message[];
  clock: number;
  floorSeq: number;
  before: boolean;
  people: Person[];
}
export interface PresenceEvent {
  full: boolean;
  people: Record<string, "active" | "idle" | "dnd" | null>;
}
interface Refusal {
  code: string;
  message: string;
  retryAfterMs?: number;
}
export type Answer = { ok: true; data: unknown; repeated?: true } | { ok: false; error: Refusal };
export interface MemberPage {
  members: { person: Person; role: string }[];
  next: string | null;
}
