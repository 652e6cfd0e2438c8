import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, operation, prose, Time } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";
import { Room, RoomEntry } from "./room";
import { RoomAccess, RoomRole } from "./room-role";

export const RoomInviteState = z.enum(["pending", "accepted", "declined", "withdrawn", "expired"]);
export type RoomInviteState = z.infer<typeof RoomInviteState>;

const NamedPerson = Person.pick({ id: true, name: true, picture: true });

/** An invite of one person to one room, as that person and the inviter see it. */
export const RoomInvite = fields({
  id: Id,
  state: RoomInviteState,
  room: fields({
    id: Id,
    name: z.string(),
    access: RoomAccess,
    emoji: Room.shape.emoji,
    picture: Room.shape.picture,
    /** Whether the room is archived. Nobody can join it then, so the invite waits. False once the invite has ended. */
    archived: z.boolean(),
  }),
  /** Who is invited. */
  person: NamedPerson,
  inviter: NamedPerson,
  /** What the inviter wrote with it. May be empty. */
  note: z.string(),
  createdAt: Time,
  expiresAt: Time,
  /** The caller's clock at the invite's latest change. Of two states, the one with the greater tick is newer. */
  tick: z.int(),
});
export type RoomInvite = z.infer<typeof RoomInvite>;

export const sendRoomInvite = operation({
  name: "roomInvite.send",
  http: "POST /api/room-invites",
  aliases: ["POST /api/rooms/{roomId}/invite/{personId}"],
  repeat: "intent",
  audit: "person",
  summary: "Invite someone of the organization to a room; they decide whether to join",
  input: fields({ roomId: Id, personId: Id, note: prose(limits.inviteNote).default("") }),
  output: RoomInvite,
  errors: ["not_found", "forbidden", "room_archived", "conflict"],
  emits: ["me"],
  limit: { points: 50, seconds: 300 },
});

export const listRoomInvites = operation({
  name: "roomInvite.list",
  http: "GET /api/room-invites",
  aliases: ["GET /api/rooms/invites/pending"],
  summary:
    "List the invites to rooms that wait for your answer, newest first. Without those of people you have blocked",
  input: fields(page({ maxLimit: 100, defaultLimit: 50 })),
  output: fields({ invites: z.array(RoomInvite), ...nextPage }),
});

export const listSentRoomInvites = operation({
  name: "roomInvite.listSent",
  http: "GET /api/room-invites/sent",
  summary: "List the room invites that you sent, and what became of each, newest first",
  input: fields({
    /** Only the invites to this room. */
    roomId: Id.optional(),
    ...page({ maxLimit: 100, defaultLimit: 50 }),
  }),
  output: fields({ invites: z.array(RoomInvite), ...nextPage }),
});

/** A room that somebody is invited to. */
export const InvitedRoom = fields({
  invite: RoomInvite,
  description: z.string(),
  memberCount: z.int(),
  /** The first members, by role and then by name. */
  members: z.array(NamedPerson.extend({ role: RoomRole })),
});
export type InvitedRoom = z.infer<typeof InvitedRoom>;

export const showRoomInvite = operation({
  name: "roomInvite.show",
  http: "GET /api/room-invites/{roomInviteId}",
  summary: "Show the room that you're invited to, while the invite waits for your answer",
  input: fields({ roomInviteId: Id }),
  output: InvitedRoom,
  errors: ["not_found", "gone", "room_archived"],
});

export const acceptRoomInvite = operation({
  name: "roomInvite.accept",
  http: "POST /api/room-invites/{roomInviteId}/accept",
  aliases: ["POST /api/rooms/invites/{roomInviteId}/accept"],
  repeat: "intent",
  audit: null,
  summary: "Accept an invite and join its room",
  input: fields({ roomInviteId: Id }),
  output: RoomEntry,
  errors: ["not_found", "gone", "room_archived"],
  emits: ["frame", "me"],
  limit: { points: 60, seconds: 60 },
});

export const declineRoomInvite = operation({
  name: "roomInvite.decline",
  http: "POST /api/room-invites/{roomInviteId}/decline",
  aliases: ["POST /api/rooms/invites/{roomInviteId}/decline"],
  repeat: "intent",
  audit: null,
  summary: "Decline an invite to a room; its sender sees that",
  input: fields({ roomInviteId: Id }),
  output: RoomInvite,
  errors: ["not_found", "gone"],
  emits: ["me"],
});

export const withdrawRoomInvite = operation({
  name: "roomInvite.withdraw",
  http: "DELETE /api/room-invites/{roomInviteId}",
  repeat: "intent",
  audit: "person",
  summary: "Withdraw a room invite that you sent",
  input: fields({ roomInviteId: Id }),
  output: RoomInvite,
  errors: ["not_found", "gone"],
  emits: ["me"],
});
