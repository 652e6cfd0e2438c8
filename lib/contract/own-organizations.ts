import { z } from "zod";
import { fields, Id, Nothing, operation } from "./operation";
import { OrganizationHandle } from "./organization-handle";
import { Organization, OrganizationName } from "./organization-settings";
import { RoomAccess, RoomRole } from "./room-role";

/** One of the organizations that the caller's account is in. */
export const OwnOrganization = fields({
  ...Organization.pick({ id: true, name: true, handle: true, picture: true }).shape,
  /** Whether the request is for this one. */
  isCurrent: z.boolean(),
  /** Whether this browser is signed in there. If not, the answer does not say what is unread there. */
  isSignedIn: z.boolean(),
  /** Whether there are unread messages in a room that is not muted. */
  isUnread: z.boolean(),
  /** How much waits for the caller there: unread direct messages, room invites, and requests to join a room. At most 100. */
  waiting: z.int(),
});
export type OwnOrganization = z.infer<typeof OwnOrganization>;

export const listOrganizations = operation({
  name: "organization.list",
  http: "GET /api/organizations",
  summary:
    "List the organizations of your account by name, with whether something is unread there. Need not name an organization. If " +
    "there is only one, nothing is counted",
  access: "account",
  input: fields({}),
  output: fields({
    organizations: z.array(OwnOrganization),
    /** Whether you may create another one. */
    mayCreate: z.boolean(),
  }),
  limit: { points: 60, seconds: 60 },
});

export const createOrganization = operation({
  name: "organization.create",
  http: "POST /api/organizations",
  repeat: "intent",
  // The audit log of the caller's organization does not show what they do in another one.
  audit: null,
  summary: "Create another organization with its room General. You own it, and this browser is signed in to it",
  input: fields({
    name: OrganizationName,
    /** Without it, the handle is made from the name. */
    handle: OrganizationHandle.optional(),
  }),
  output: fields({ organizationId: Id, handle: OrganizationHandle }),
  errors: ["forbidden", "not_found", "conflict"],
  limit: { points: 10, seconds: 3_600 },
});

/** What the caller loses by leaving the organization. */
export const OrganizationLosses = fields({
  /** Whether they are the only owner who can sign in, and so can't leave. */
  isLastOwner: z.boolean(),
  /** Whether nobody else in it can sign in. */
  isAlone: z.boolean(),
  /** The rooms that they leave, at most 100: first those that they can't join again by themselves, then by name. */
  rooms: z.array(
    fields({
      id: Id,
      name: z.string(),
      access: RoomAccess,
      role: RoomRole,
      /** Whether they are the room's only admin. */
      isLastAdmin: z.boolean(),
    }),
  ),
  /** How many rooms they leave. */
  roomCount: z.int(),
  /** The groups that they leave, by name. */
  groups: z.array(fields({ id: Id, name: z.string() })),
});
export type OrganizationLosses = z.infer<typeof OrganizationLosses>;

export const showOrganizationLosses = operation({
  name: "organization.losses",
  http: "GET /api/organization/losses",
  summary: "Show which rooms and groups you would lose by leaving the organization",
  input: fields({}),
  output: OrganizationLosses,
});

export const leaveOrganization = operation({
  name: "organization.leave",
  http: "POST /api/organization/leave",
  // A retry fails with `unauthenticated`, as it does if the session had ended before.
  repeat: "safe",
  audit: "person",
  summary:
    "Leave the organization: your sessions there end, you leave its rooms and groups, and what you wrote stays. The last active " +
    "owner can't. An invite brings you back",
  input: fields({}),
  output: Nothing,
  errors: ["forbidden"],
  emits: ["frame", "me", "organization", "bye"],
  limit: { points: 10, seconds: 60 },
});
