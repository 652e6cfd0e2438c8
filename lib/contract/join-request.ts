import { z } from "zod";
import { AskToken } from "./ask-token";
import { limits } from "./limits";
import { fields, Id, Nothing, operation, prose, Time } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";
import { Room } from "./room";

/** The link with which people can ask to join a private room. Its secret token is returned only once, at creation. */
export const AskLink = fields({ creator: fields({ id: Id, name: z.string() }), createdAt: Time });
export type AskLink = z.infer<typeof AskLink>;

export const createAskLink = operation({
  name: "askLink.create",
  http: "POST /api/rooms/{roomId}/ask-link",
  // A retry creates another link, and the first link stops working. The answer is not stored, because it has a secret token.
  repeat: "never",
  audit: "room",
  summary:
    "Create a link with which people can ask to join a private room; its token is returned only this once, and an earlier link stops working",
  input: fields({ roomId: Id }),
  output: fields({ link: AskLink, token: z.string() }),
  errors: ["not_found", "forbidden", "room_archived"],
  limit: { points: 10, seconds: 60 },
});

export const revokeAskLink = operation({
  name: "askLink.revoke",
  http: "DELETE /api/rooms/{roomId}/ask-link",
  repeat: "intent",
  audit: "room",
  summary: "Revoke a room's ask link; it stops working",
  input: fields({ roomId: Id }),
  output: Nothing,
  errors: ["not_found", "forbidden"],
});

export const showAskLink = operation({
  name: "askLink.show",
  http: "GET /api/rooms/{roomId}/ask-link",
  summary: "Show whether a room has an ask link, and who created it",
  input: fields({ roomId: Id }),
  output: fields({ link: AskLink.nullable() }),
  errors: ["not_found", "forbidden"],
});

/**
 * What an ask link leads to: the room's name and picture, and the caller's standing. `refused`: the caller can ask again after
 * `until`. A link that does not work for the caller is `revoked`.
 */
export const AskLanding = z.discriminatedUnion("state", [
  fields({
    state: z.literal("open"),
    room: fields({ id: Id, name: z.string(), emoji: Room.shape.emoji, picture: Room.shape.picture }),
    standing: z.enum(["may_ask", "asked", "refused", "joined", "guest"]),
    until: Time.nullable(),
  }),
  fields({ state: z.literal("revoked") }),
]);
export type AskLanding = z.infer<typeof AskLanding>;

export const showAskLanding = operation({
  name: "joinRequest.show",
  http: "GET /api/ask/{token}",
  summary: "Show where an ask link leads, and whether you can ask to join",
  input: fields({ token: AskToken }),
  output: AskLanding,
});

export const sendJoinRequest = operation({
  name: "joinRequest.send",
  http: "POST /api/ask/{token}",
  repeat: "intent",
  audit: null,
  summary: "Ask to join the room of an ask link; its admins and moderators decide",
  input: fields({ token: AskToken, note: prose(limits.inviteNote).default("") }),
  output: AskLanding,
  errors: ["gone", "forbidden"],
  emits: ["me"],
  limit: { points: 10, seconds: 300 },
});

/** A request that waits for a decision. */
export const JoinRequest = fields({ id: Id, person: Person, note: z.string(), createdAt: Time });
export type JoinRequest = z.infer<typeof JoinRequest>;

export const listJoinRequests = operation({
  name: "joinRequest.list",
  http: "GET /api/rooms/{roomId}/join-requests",
  summary: "List the requests to join a room that wait for a decision, newest first",
  input: fields({ roomId: Id, ...page({ maxLimit: 100, defaultLimit: 50 }) }),
  output: fields({ requests: z.array(JoinRequest), ...nextPage }),
  errors: ["not_found", "forbidden"],
});

export const approveJoinRequest = operation({
  name: "joinRequest.approve",
  http: "POST /api/join-requests/{joinRequestId}/approve",
  repeat: "intent",
  audit: "person",
  summary: "Approve a request: the person joins the room",
  input: fields({ joinRequestId: Id }),
  output: Nothing,
  errors: ["not_found", "forbidden", "gone", "room_archived"],
  emits: ["frame", "me"],
});

export const refuseJoinRequest = operation({
  name: "joinRequest.refuse",
  http: "POST /api/join-requests/{joinRequestId}/refuse",
  repeat: "intent",
  audit: "person",
  summary: "Refuse a request; the person can ask again after seven days",
  input: fields({ joinRequestId: Id }),
  output: Nothing,
  errors: ["not_found", "forbidden", "gone"],
  emits: ["me"],
});

/** One of the caller's own pending requests. It has the room's name, which the ask link also showed them. */
export const OwnJoinRequest = fields({
  id: Id,
  room: fields({ id: Id, name: z.string(), emoji: Room.shape.emoji }),
  note: z.string(),
  createdAt: Time,
});
export type OwnJoinRequest = z.infer<typeof OwnJoinRequest>;

export const listOwnJoinRequests = operation({
  name: "joinRequest.listMine",
  http: "GET /api/join-requests",
  summary: "List your own requests to join rooms that wait for a decision, newest first",
  input: fields(page({ maxLimit: 100, defaultLimit: 50 })),
  output: fields({ requests: z.array(OwnJoinRequest), ...nextPage }),
});

export const withdrawJoinRequest = operation({
  name: "joinRequest.withdraw",
  http: "DELETE /api/join-requests/{joinRequestId}",
  repeat: "intent",
  audit: null,
  summary: "Withdraw your own request to join a room; its admins and moderators no longer see it",
  input: fields({ joinRequestId: Id }),
  output: Nothing,
  errors: ["not_found", "gone"],
  emits: ["me"],
});
