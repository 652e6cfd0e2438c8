// Who looks at a part of the screen, and what they look at.
import { type RoomListItem, roomListItem } from "@/lib/client/room-list";
import { createRoom } from "@/lib/client/room-state";
import type { Home } from "@/lib/contract/home";
import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import { defaultPreferences } from "@/lib/contract/preferences";
import { automaticPresence } from "@/lib/contract/presence-choice";
import type { Room, RoomEntry } from "@/lib/contract/room";
import { defaultSections } from "@/lib/contract/section";
import type { RoomRole } from "@/lib/contract/room-role";
import type { Asker } from "@/lib/policy/decision";
import { askerAs } from "./policy-tables";

const at = "2026-11-17T09:00:00.000Z";

export const personNamed = (name: string, given: Partial<Person> = {}): Person => {
  return {
    id: name,
    name,
    handle: name.toLowerCase(),
    role: "member",
    picture: null,
    title: "",
    pronouns: "",
    timeZone: null,
    statusEmoji: "",
    statusText: "",
    statusUntil: null,
    deactivatedAt: null,
    lastSeenAt: null,
    tick: 1,
    ...given,
  };
};

export const roomWith = (given: Partial<Room> = {}): Room => ({
  id: "room",
  kind: "channel",
  access: "public",
  name: "lighthouse",
  topic: "Oil",
  description: "The lamp",
  emoji: null,
  picture: null,
  postingPolicy: "everyone",
  membersSetTopic: null,
  membersAddPeople: null,
  membersPin: null,
  membersMentionEveryone: null,
  joinsEveryone: false,
  isDefault: false,
  directIds: [],
  groupIds: [],
  forAdmins: false,
  history: "everything",
  floorSeq: 0,
  notices: true,
  memberCount: 3,
  changedSeq: 1,
  pinsSeq: 0,
  archivedAt: null,
  createdAt: at,
  ...given,
});
export const archivedAt = at;

/** A message that was edited, and to which Cleo reacted. */
export const messageBy = (authorId: string): Message => ({
  id: "message",
  roomId: "room",
  kind: "person",
  authorId,
  body: "Hi",
  seq: 1,
  changedSeq: 2,
  notice: null,
  replyToId: null,
  mentions: null,
  threadId: null,
  thread: null,
  alsoInRoom: false,
  movedAt: null,
  createdAt: at,
  editedAt: at,
  deletedAt: null,
  pinnedAt: null,
  pinnedById: null,
  reactions: [{ emoji: "🎉", count: 1, isMine: false, personIds: ["Cleo"], seq: 3, changedSeq: 3 }],
});

/** Somebody who looks at a room. */
export interface Viewer {
  asker: Asker;
  room: Room;
  membership: { role: RoomRole } | null;
  /** The room as one of theirs. */
  item: RoomListItem;
  home: Home;
}

/** `blockedIds` are the people whom the viewer blocks. */
export function viewerAs(
  role: Asker["role"],
  roomRole: RoomRole | null,
  given: Partial<Room> = {},
  blockedIds: readonly string[] = [],
): Viewer {
  const asker = askerAs(role);
  const room = roomWith(given);
  const numbers = {
    lastReadSeq: 0,
    readAtSeq: 0,
    joinedSeq: 1,
    floorSeq: 0,
    hiddenUpToSeq: null,
    isMuted: false,
    sectionId: null,
    tick: 1,
  };
  const entry: RoomEntry = {
    room,
    membership: { roomId: room.id, role: roomRole ?? "member", ...numbers },
    clock: 1,
    unread: [],
    mentions: [],
    blocksTick: 0,
    groupsTick: 0,
    requestCount: 1,
    lastMessage: null,
  };
  const home: Home = {
    organization: {
      id: "organization",
      name: "Larkfield",
      handle: "larkfield",
      picture: null,
      tick: 1,
      ...asker.rules,
      idleHours: 1,
      adminIdleHours: 1,
    },
    me: personNamed("Me", { id: asker.personId, role }),
    email: null,
    sessionId: "session",
    groupIds: ["mine"],
    groupsTick: 0,
    sidebar: { sections: defaultSections, tick: 0 },
    preferences: defaultPreferences,
    chosenPresence: automaticPresence,
    blocks: { people: blockedIds.map((personId) => ({ personId, blockedAt: at })), tick: 0 },
    // One in a room that they can't open.
    drafts: [room.id, "elsewhere"].map((roomId) => {
      return {
        roomId,
        threadId: null,
        id: `of ${roomId}`,
        text: "Half a sentence",
        isWhole: true,
        updatedAt: at,
        tick: 1,
      };
    }),
    clock: 1,
    organizationClock: 1,
    epoch: "1",
    rooms: roomRole ? [entry] : [],
    invites: [],
    people: [],
  };
  const membership = roomRole && { role: roomRole };
  return { asker, room, membership, item: roomListItem(createRoom(entry, asker.personId)), home };
}
