import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, Nothing, operation, searchText, Time } from "./operation";
import { nextPage, page } from "./page";
import { Handle, OrganizationRole, Person } from "./person";
import { RoomRole } from "./room-role";

/** A person, with the details that only owners and admins see. */
export const AdministeredPerson = fields({
  person: Person,
  /** The groups that they are in. */
  groups: z.array(fields({ id: Id, name: z.string() })),
  /** When a guest's access ends. Null means no end. */
  endsAt: Time.nullable(),
  /** When they left the organization by themselves. They are then deactivated. Null if an admin has deactivated them since. */
  leftAt: Time.nullable(),
  /** In how many browsers they are signed in to this organization. */
  logins: z.int(),
});
export type AdministeredPerson = z.infer<typeof AdministeredPerson>;

export const PersonStatus = z.enum(["active", "deactivated"]);
export type PersonStatus = z.infer<typeof PersonStatus>;
export const PersonSort = z.enum(["name", "lastSeen", "newest"]);
export type PersonSort = z.infer<typeof PersonSort>;

export const administerPeople = operation({
  name: "person.administer",
  http: "GET /api/people/all",
  summary: "List everyone in the organization with their groups and logins, for owners and admins",
  input: fields({
    query: searchText(100).optional(),
    role: OrganizationRole.optional(),
    groupId: Id.optional(),
    status: PersonStatus.optional(),
    /** With a query, the best matches come first, whatever the sort. */
    sort: PersonSort.default("name"),
    ...page({ maxLimit: limits.people, defaultLimit: 50 }),
  }),
  output: fields({
    people: z.array(AdministeredPerson),
    ...nextPage,
    /** How many people match the filters, whether or not they match the query. */
    total: z.int(),
  }),
  errors: ["forbidden"],
});

export const setOrganizationRole = operation({
  name: "organization.setRole",
  http: "PATCH /api/people/{personId}/role",
  repeat: "intent",
  audit: "person",
  summary:
    "Give someone a role in the organization; the last active owner stays one. Whoever becomes a guest loses their groups, " +
    "their roles in rooms, and the rooms that everyone is in or that only a group or role opens to them",
  input: fields({ personId: Id, role: z.enum(["admin", "member", "owner", "guest"]) }),
  output: Person,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me", "organization"],
  limit: { points: 30, seconds: 60 },
});

/** What a person loses when they become a guest. */
export const GuestLosses = fields({
  groups: z.array(fields({ id: Id, name: z.string() })),
  /** The rooms that they leave, and the rooms in which they become a plain member. `role` is their role now. */
  rooms: z.array(fields({ id: Id, name: z.string(), role: RoomRole, leaves: z.boolean() })),
});
export type GuestLosses = z.infer<typeof GuestLosses>;

export const showGuestLosses = operation({
  name: "person.guestLosses",
  http: "GET /api/people/{personId}/guest-losses",
  summary: "Show which groups, rooms and roles in rooms someone would lose if they became a guest",
  input: fields({ personId: Id }),
  output: GuestLosses,
  errors: ["not_found", "forbidden"],
});

export const transferOwnership = operation({
  name: "organization.transfer",
  http: "POST /api/people/{personId}/ownership",
  repeat: "intent",
  audit: "person",
  summary: "Make someone an owner in your place; you become an admin",
  input: fields({ personId: Id }),
  output: Person,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me", "organization"],
  limit: { points: 10, seconds: 60 },
});

export const deactivatePerson = operation({
  name: "person.deactivate",
  http: "POST /api/people/{personId}/deactivate",
  repeat: "intent",
  audit: "person",
  summary:
    "Deactivate someone: their logins end, their invites are revoked, they no longer count as members, and their messages stay",
  input: fields({ personId: Id }),
  output: Person,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "me", "organization", "bye"],
  limit: { points: 60, seconds: 60 },
});

export const reactivatePerson = operation({
  name: "person.reactivate",
  http: "POST /api/people/{personId}/reactivate",
  repeat: "intent",
  audit: "person",
  summary: "Reactivate someone: they have their rooms again, and sign in again. Whoever left needs an invite instead",
  input: fields({ personId: Id }),
  output: Person,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "organization", "bye"],
  limit: { points: 60, seconds: 60 },
});

export const endPersonsLogins = operation({
  name: "person.endLogins",
  http: "DELETE /api/people/{personId}/logins",
  repeat: "intent",
  audit: "person",
  summary: "Sign someone out of this organization everywhere",
  input: fields({ personId: Id }),
  output: Nothing,
  errors: ["not_found", "forbidden"],
  emits: ["bye"],
  limit: { points: 60, seconds: 60 },
});

export const setGuestEnd = operation({
  name: "person.setEnd",
  http: "PUT /api/people/{personId}/end",
  repeat: "intent",
  audit: "person",
  summary:
    "Set when a guest's access ends, in the future; null means no end. A guest whose access has ended gets it back",
  input: fields({ personId: Id, endsAt: Time.nullable().default(null) }),
  output: Person,
  errors: ["not_found", "forbidden"],
  emits: ["frame", "organization"],
  limit: { points: 60, seconds: 60 },
});

export const releaseHandle = operation({
  name: "person.releaseHandle",
  http: "POST /api/people/{personId}/release-handle",
  repeat: "intent",
  audit: "person",
  summary: "Release a handle that someone gave up, so that others can have it",
  input: fields({ personId: Id, handle: Handle }),
  output: Nothing,
  errors: ["not_found", "forbidden"],
  limit: { points: 30, seconds: 60 },
});
