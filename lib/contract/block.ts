import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, operation, Tick, Time } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";
import { RoomInvite } from "./room-invite";

/** The people whom the caller has blocked. Nobody else learns of it. */
export const Blocks = fields({
  people: z.array(fields({ personId: Id, blockedAt: Time })),
  /** The caller's clock at their last change. Of two states, the one with the greater tick is newer. */
  tick: Tick,
});
export type Blocks = z.infer<typeof Blocks>;

const limit = { points: 60, seconds: 60 };

export const blockPerson = operation({
  name: "block.add",
  http: "PUT /api/people/{personId}/block",
  repeat: "intent",
  audit: null,
  summary:
    "Block someone: what they write is not unread for you and not the last message of a room, and their room invites are not " +
    "listed. They don't learn of it, and nothing changes for them",
  input: fields({ personId: Id }),
  output: Blocks,
  errors: ["not_found", "forbidden", "conflict"],
  emits: ["me"],
  limit,
});

export const unblockPerson = operation({
  name: "block.remove",
  http: "DELETE /api/people/{personId}/block",
  repeat: "intent",
  audit: null,
  summary: "Unblock someone. What they wrote since you last read a room is unread again",
  input: fields({ personId: Id }),
  output: Blocks,
  errors: ["not_found"],
  emits: ["me"],
  limit,
});

/** A person whom the caller has blocked, with what no other list shows. */
export const BlockedPerson = fields({
  /** Not the whole profile: the caller may be a guest who shares no room with them now. */
  person: fields({ id: Id, name: z.string(), handle: z.string(), picture: Person.shape.picture }),
  blockedAt: Time,
  /**
   * Their direct rooms with the caller, and perhaps others, in which only people were heard whom the caller blocks. `others` is
   * everybody except the caller.
   */
  directRooms: z.array(fields({ id: Id, others: z.array(fields({ id: Id, name: z.string() })) })),
  /** Their newest room invites that wait for the caller's answer. */
  invites: z.array(RoomInvite),
});
export type BlockedPerson = z.infer<typeof BlockedPerson>;

export const listBlocked = operation({
  name: "block.list",
  http: "GET /api/blocked-people",
  summary:
    "List the people you have blocked, by name, each with conversations that no other list shows, and their room invites to you",
  input: fields(page({ maxLimit: limits.people, defaultLimit: 50 })),
  output: fields({ blocked: z.array(BlockedPerson), ...nextPage }),
});
