import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, Nothing, operation, searchText, Time } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";

/** A person who may neither join nor read a room. */
export const Ban = fields({
  person: Person,
  /** Who banned them. */
  by: fields({ id: Id, name: z.string() }),
  createdAt: Time,
});
export type Ban = z.infer<typeof Ban>;

export const banPerson = operation({
  name: "ban.add",
  http: "POST /api/rooms/{roomId}/bans",
  repeat: "intent",
  audit: "person",
  summary: "Ban someone from a room: they are removed, can't read it, and can't come back until they are unbanned",
  input: fields({ roomId: Id, personId: Id }),
  output: fields({ memberCount: z.int() }),
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me"],
});

export const unbanPerson = operation({
  name: "ban.remove",
  http: "DELETE /api/rooms/{roomId}/bans/{personId}",
  repeat: "intent",
  audit: "person",
  summary: "Lift someone's ban from a room, so that they can join, be added and be invited again",
  input: fields({ roomId: Id, personId: Id }),
  output: Nothing,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me"],
});

export const listBans = operation({
  name: "ban.list",
  http: "GET /api/rooms/{roomId}/bans",
  summary: "List the people who are banned from a room, by name; with a query, matches, best first",
  input: fields({
    roomId: Id,
    query: searchText(100).optional(),
    ...page({ maxLimit: limits.people, defaultLimit: 50 }),
  }),
  output: fields({ bans: z.array(Ban), ...nextPage }),
  errors: ["not_found", "forbidden"],
});
