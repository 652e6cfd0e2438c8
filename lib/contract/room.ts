import { z } from "zod";
import { hasPrefix } from "./fold";
import { limits } from "./limits";
import { Message } from "./message";
import { fields, Id, line, lineOrNothing, Nothing, operation, prose, Time, searchText } from "./operation";
import { nextPage, page } from "./page";
import { PostingPolicy, RoomAccess, RoomHistory, RoomRole } from "./room-role";
import { PictureName, RoomAvatar } from "./picture";
import { ThreadFollow } from "./thread-summary";
import { unreadFields } from "./unread-fields";

/** A room as its members, and the people who may join it, see it. */
export const Room = fields({
  id: Id,
  kind: z.enum(["channel", "direct"]),
  access: RoomAccess,
  /** Null for direct rooms, which are shown under the names of their members. */
  name: z.string().nullable(),
  topic: z.string(),
  description: z.string(),
  /** Shown instead of an icon, if there is no picture. */
  emoji: z.string().nullable(),
  /** The name of its picture's files (see `picture.show`). */
  picture: PictureName.nullable(),
  /** The people of a direct room, by id. Empty for a channel. */
  directIds: z.array(Id),
  postingPolicy: PostingPolicy,
  /** Whether members may change the topic. Null: as the organization's settings say. */
  membersSetTopic: z.boolean().nullable(),
  /** Whether members may add people. Null: as the organization's settings say. */
  membersAddPeople: z.boolean().nullable(),
  /** Whether members may pin messages. Null: as the organization's settings say. */
  membersPin: z.boolean().nullable(),
  /** Whether members may mention everyone, in a room of any size. Null: as the organization's settings say. */
  membersMentionEveryone: z.boolean().nullable(),
  /** Whether everybody in the organization is a member, and nobody can leave. */
  joinsEveryone: z.boolean(),
  /** Whether people who join the organization also join this room, while it is public. They may leave it. */
  isDefault: z.boolean(),
  /** The groups a restricted room is open to. */
  groupIds: z.array(Id),
  /** Whether this is a restricted room without groups, for the organization's owners and admins. */
  forAdmins: z.boolean(),
  /** What people who join now will see of earlier messages. A change does not affect people who are already in the room. */
  history: RoomHistory,
  /** People who join now never see messages up to this `seq`, which were sent while the room was private. */
  floorSeq: z.int(),
  /** Whether the log has notices about people who join or leave, and about the room's new name. */
  notices: z.boolean(),
  memberCount: z.int(),
  /** The tick of the latest change of the room or its members. Of two states, the one with the greater tick is newer. */
  changedSeq: z.int(),
  /** The tick of the latest change of the pinned messages (`pin.list`). If it grows, list them again. */
  pinsSeq: z.int(),
  archivedAt: Time.nullable(),
  createdAt: Time,
});
export type Room = z.infer<typeof Room>;

/** The caller's membership of a room. */
export const Membership = fields({
  roomId: Id,
  role: RoomRole,
  /** The messages up to this `seq` are read. */
  lastReadSeq: z.int(),
  /** The room's clock when the caller last set `lastReadSeq`. A message that they send moves `lastReadSeq`, but not this. */
  readAtSeq: z.int(),
  /** The room's clock when the caller joined. It is greater each time they join again. */
  joinedSeq: z.int(),
  /** The caller sees only messages after this `seq`, which is set when they join and then stays the same. */
  floorSeq: z.int(),
  /** The caller's lists hide the room while its newest message is at or before this `seq`. Null if the room is not hidden. */
  hiddenUpToSeq: z.int().nullable(),
  /** Whether the caller has muted the room: they do not want to be told of its messages. */
  isMuted: z.boolean(),
  /**
   * The section of the caller's sidebar that they put the room into: `favourites`, or the id of one of their own. Null, and the id of
   * a section that no longer exists: where it belongs without one.
   */
  sectionId: z.string().nullable(),
  /** The caller's clock at the last change of this membership. Of two states, the one with the greater tick is newer. */
  tick: z.int(),
});
export type Membership = z.infer<typeof Membership>;

/** One of the caller's rooms, with everything the sidebar shows. */
export const RoomEntry = fields({
  room: Room,
  membership: Membership,
  /** The room's clock at the time of the query. Later frames continue from it. */
  clock: z.int(),
  ...unreadFields,
  /** The number of pending requests to join, if the caller may decide about them; otherwise 0. */
  requestCount: z.int(),
  /** The last message for the sidebar, by nobody whom the caller has blocked. A long body is shortened. */
  lastMessage: Message.nullable(),
  /** The caller's threads of this room. Left out if there are none. */
  follows: z.array(ThreadFollow).optional(),
});
export type RoomEntry = z.infer<typeof RoomEntry>;

/** A room that the caller may see. `joined` says whether they are a member. */
export const FoundRoom = fields({ room: Room, joined: z.boolean() });
export type FoundRoom = z.infer<typeof FoundRoom>;

export const BrowseSort = z.enum(["name", "people", "activity"]);
export type BrowseSort = z.infer<typeof BrowseSort>;

export const listRooms = operation({
  name: "room.list",
  http: "GET /api/rooms",
  summary:
    "Browse the rooms you're in or can join. By `people` and `activity`, they are sorted as counted within the last hour; with a " +
    "query, the best matches come first, whatever the sort",
  input: fields({
    query: searchText(100).optional(),
    /** Only rooms that you are not in. */
    only: z.enum(["joinable"]).optional(),
    sort: BrowseSort.default("name"),
    ...page({ maxLimit: 100, defaultLimit: 50 }),
  }),
  output: fields({ rooms: z.array(FoundRoom), ...nextPage }),
});

export const RoomName = line(limits.name).refine((name) => !hasPrefix(name), "Leave out the # or @ at the start.");

/** The groups that a restricted room is open to. */
const GroupIds = z.array(Id).max(20).default([]);

export const createRoom = operation({
  name: "room.create",
  http: "POST /api/rooms",
  repeat: "intent",
  audit: "room",
  summary: "Create a room and become its admin",
  input: fields({
    name: RoomName,
    access: RoomAccess.default("public"),
    description: prose(limits.description).default(""),
    groupIds: GroupIds,
    /** The people who are in the room from the start, besides the caller. */
    personIds: z.array(Id).max(limits.people).default([]),
    avatar: RoomAvatar.default({ type: "none" }),
  }),
  output: RoomEntry,
  errors: ["forbidden", "conflict", "not_found"],
  emits: ["frame", "me"],
  limit: { points: 10, seconds: 60 },
});

export const showRoom = operation({
  name: "room.show",
  http: "GET /api/rooms/{roomId}",
  summary: "Show a room you're in or can join",
  input: fields({ roomId: Id }),
  output: FoundRoom,
  errors: ["not_found"],
});

export const updateRoom = operation({
  name: "room.update",
  http: "PATCH /api/rooms/{roomId}",
  repeat: "intent",
  audit: "room",
  summary:
    "Change a room's name, topic, description, who may do what in it, history for newcomers or notices: the given fields, all " +
    "or none; the others stay. Owners and admins may rename a private room that they're not in; then its topic and description are empty in the answer",
  input: fields({
    roomId: Id,
    name: RoomName.optional(),
    /** What people talk about now, shown in the header. An empty string removes the topic. */
    topic: lineOrNothing(limits.topic).optional(),
    description: prose(limits.description).optional(),
    postingPolicy: PostingPolicy.optional(),
    history: RoomHistory.optional(),
    notices: z.boolean().optional(),
    /** Whether members may change the topic, add people, pin messages, or mention everyone. Null: as the organization's settings say. */
    membersSetTopic: z.boolean().nullable().optional(),
    membersAddPeople: z.boolean().nullable().optional(),
    membersPin: z.boolean().nullable().optional(),
    membersMentionEveryone: z.boolean().nullable().optional(),
  }),
  output: Room,
  errors: ["not_found", "forbidden", "room_archived", "conflict"],
  emits: ["frame", "me", "organization"],
  limit: { points: 30, seconds: 60 },
});

export const setRoomAccess = operation({
  name: "room.setAccess",
  http: "PUT /api/rooms/{roomId}/access",
  repeat: "intent",
  audit: "room",
  summary:
    "Change who can find and join a room; nobody is removed. A private room that opens hides what was said until now from " +
    "newcomers, unless `showEarlier` is true",
  input: fields({
    roomId: Id,
    access: RoomAccess,
    /** For a restricted room. Without groups, the room is for owners and admins. */
    groupIds: GroupIds,
    showEarlier: z.boolean().default(false),
  }),
  output: Room,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame", "me", "organization"],
  limit: { points: 30, seconds: 60 },
});

export const setRoomAvatar = operation({
  name: "room.setAvatar",
  http: "PUT /api/rooms/{roomId}/avatar",
  repeat: "intent",
  summary: "Give a room an emoji or a picture, or remove it. Who may rename the room may do this",
  audit: "room",
  input: fields({ roomId: Id, avatar: RoomAvatar }),
  output: Room,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame"],
  limit: { points: 20, seconds: 60 },
});

export const archiveRoom = operation({
  name: "room.archive",
  http: "POST /api/rooms/{roomId}/archive",
  repeat: "intent",
  audit: "room",
  summary: "Archive a room: people can read it, but nobody can post in it, join it or change it",
  input: fields({ roomId: Id }),
  output: Room,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me"],
  limit: { points: 30, seconds: 60 },
});

export const unarchiveRoom = operation({
  name: "room.unarchive",
  http: "POST /api/rooms/{roomId}/unarchive",
  repeat: "intent",
  audit: "room",
  summary: "Unarchive a room, so that people can use it again as before",
  input: fields({ roomId: Id }),
  output: Room,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me"],
  limit: { points: 30, seconds: 60 },
});

export const deleteRoom = operation({
  name: "room.delete",
  http: "DELETE /api/rooms/{roomId}",
  repeat: "intent",
  audit: "room",
  summary:
    "Delete a room for everyone; its name becomes free. `name` is its name again, so that no room is deleted by mistake",
  input: fields({ roomId: Id, name: searchText(200) }),
  output: Nothing,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me"],
  limit: { points: 10, seconds: 60 },
});

export const setDefaultRoom = operation({
  name: "room.setDefault",
  http: "PUT /api/rooms/{roomId}/default",
  repeat: "intent",
  audit: "room",
  summary: "Say whether everyone who joins the organization joins this public room; they may leave it",
  input: fields({ roomId: Id, isDefault: z.boolean() }),
  output: Room,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame"],
  limit: { points: 30, seconds: 60 },
});
