import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, Nothing, operation, Tick, Time, searchText } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";
import { Membership, RoomEntry } from "./room";
import { RoomRole } from "./room-role";

/** A person in a room. */
export const Member = fields({ person: Person, role: RoomRole, joinedAt: Time });
export type Member = z.infer<typeof Member>;

export const listMembers = operation({
  name: "membership.list",
  http: "GET /api/rooms/{roomId}/members",
  summary: "List the people in a room, by name; with a query, matches by name or handle, best first",
  input: fields({
    roomId: Id,
    query: searchText(100).optional(),
    ...page({ maxLimit: limits.people, defaultLimit: 100 }),
  }),
  output: fields({ members: z.array(Member), ...nextPage, total: z.int() }),
  errors: ["not_found"],
});

export const addMember = operation({
  name: "membership.add",
  http: "POST /api/rooms/{roomId}/members",
  repeat: "intent",
  audit: "person",
  summary: "Add people from the organization to a room",
  input: fields({ roomId: Id, personIds: z.array(Id).min(1).max(limits.people) }),
  output: fields({ memberCount: z.int() }),
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame", "me"],
  limit: { points: 30, seconds: 60 },
});

export const setRoomRole = operation({
  name: "membership.setRole",
  http: "PATCH /api/rooms/{roomId}/members/{personId}",
  repeat: "intent",
  audit: "person",
  summary: "Make someone in a room its admin, its moderator or a plain member",
  input: fields({ roomId: Id, personId: Id, role: RoomRole }),
  output: Member,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame", "me"],
  limit: { points: 30, seconds: 60 },
});

export const removeMember = operation({
  name: "membership.remove",
  http: "DELETE /api/rooms/{roomId}/members/{personId}",
  repeat: "intent",
  audit: "person",
  summary: "Remove someone from a room; they get nothing that happens in it afterwards",
  input: fields({ roomId: Id, personId: Id }),
  output: fields({ memberCount: z.int() }),
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me"],
});

export const joinRoom = operation({
  name: "membership.join",
  http: "POST /api/rooms/{roomId}/join",
  repeat: "intent",
  audit: null,
  summary: "Join a public room, or a restricted one if you're in its group",
  input: fields({ roomId: Id }),
  output: RoomEntry,
  errors: ["not_found", "forbidden", "room_archived"],
  emits: ["frame", "me"],
  limit: { points: 60, seconds: 60 },
});

export const leaveRoom = operation({
  name: "membership.leave",
  http: "POST /api/rooms/{roomId}/leave",
  repeat: "intent",
  audit: null,
  summary: "Leave a room",
  input: fields({ roomId: Id }),
  output: Nothing,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me"],
  limit: { points: 60, seconds: 60 },
});

export const Hiding = z.enum(["shown", "untilNextMessage", "always"]);
export type Hiding = z.infer<typeof Hiding>;

export const hideRoom = operation({
  name: "membership.setHidden",
  http: "PUT /api/rooms/{roomId}/hidden",
  repeat: "safe",
  audit: null,
  summary:
    "Hide a room from your own lists until its next message, or show it again. You can leave a direct message by hiding it " +
    "`always`, which also mutes it; then only opening it again shows it",
  input: fields({
    roomId: Id,
    hiding: Hiding,
    /** For `untilNextMessage`: the `seq` of the newest message that the caller has seen. By default, the newest in the room. */
    upToSeq: Tick.optional(),
  }),
  output: Membership,
  errors: ["not_found", "forbidden"],
  emits: ["me"],
});

export const muteRoom = operation({
  name: "membership.setMuted",
  http: "PUT /api/rooms/{roomId}/muted",
  repeat: "safe",
  audit: null,
  summary: "Mute a room for yourself, or unmute it",
  input: fields({ roomId: Id, isMuted: z.boolean() }),
  output: Membership,
  errors: ["not_found"],
  emits: ["me"],
});
