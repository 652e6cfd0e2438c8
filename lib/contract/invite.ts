import { z } from "zod";
import { fields, Id, operation, Time } from "./operation";
import { OrganizationHandle } from "./organization-handle";
import { Organization } from "./organization-settings";
import { nextPage, page } from "./page";
import { Email, OrganizationRole, Password, Person, PersonName } from "./person";

export const InviteRole = z.enum(["admin", "member", "guest"]);

/** An invite, as its creator and owners and admins see it. */
export const Invite = fields({
  id: Id,
  role: OrganizationRole,
  /** The only email address that can use it. Null for a link that anyone can use. */
  email: z.string().nullable(),
  /** When it was sent to that address. */
  sentAt: Time.nullable(),
  /** When access ends for guests who join with it. */
  guestEndsAt: Time.nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
  expiresAt: Time.nullable(),
  revokedAt: Time.nullable(),
  /**
   * Why its link does not work, at the time of this answer. Null if it works. `revoked` can also mean that its creator may no
   * longer invite people. `roomless`: guests would no longer see any of its rooms.
   */
  closed: z.enum(["revoked", "expired", "used_up", "roomless"]).nullable(),
  createdAt: Time,
  creator: fields({ id: Id, name: z.string() }),
  /** A name is null if the invite's creator may no longer know of the room. */
  rooms: z.array(fields({ id: Id, name: z.string().nullable() })),
  groups: z.array(fields({ id: Id, name: z.string() })),
  /** The people who joined with it, the latest first, at most 20. `invite.listUses` lists all. */
  usedBy: z.array(fields({ id: Id, name: z.string() })),
});
export type Invite = z.infer<typeof Invite>;

const Token = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, "That's not a valid invite link.");

export const listInvites = operation({
  name: "invite.list",
  http: "GET /api/invites",
  summary: "List the organization's invites, newest first; for members, those that they created",
  input: fields(page({ maxLimit: 100, defaultLimit: 50 })),
  output: fields({ invites: z.array(Invite), ...nextPage }),
  errors: ["forbidden"],
});

export const listInviteUses = operation({
  name: "invite.listUses",
  http: "GET /api/invites/{inviteId}/uses",
  summary: "List the people who joined with an invite, the latest first",
  input: fields({ inviteId: Id, ...page({ maxLimit: 100, defaultLimit: 50 }) }),
  output: fields({ people: z.array(fields({ person: Person, usedAt: Time })), ...nextPage }),
  errors: ["forbidden", "not_found"],
});

/** How other computers can reach Parley, if the caller has opened it at localhost. */
const Reach = fields({
  /** The address at which other computers reach Parley, if there is one. */
  address: z.string().nullable(),
  /** The command that starts Parley so that other computers can reach it. */
  command: z.string().nullable(),
});

/** The role, rooms and groups of the people who join with a new invite, and the time until which it works. */
const terms = {
  role: InviteRole.default("member"),
  /** Null means never. */
  expiresInSeconds: z.union([z.literal([3_600, 86_400, 604_800, 2_592_000]), z.null()]).default(604_800),
  roomIds: z.array(Id).max(50).default([]),
  groupIds: z.array(Id).max(20).default([]),
  /** When access ends for guests who join with it. Null means no end. */
  guestEndsAt: Time.nullable().default(null),
};

export const createInvite = operation({
  name: "invite.create",
  http: "POST /api/invites",
  // A retry creates a second link. The first answer is not stored for retries, because it contains a secret token.
  repeat: "never",
  audit: "invite",
  summary: "Create a link that lets people join the organization; its token is returned only this once",
  input: fields({
    ...terms,
    /** Null means unlimited. */
    maxUses: z.union([z.literal([1, 5, 10, 25, 100]), z.null()]).default(10),
  }),
  output: fields({ invite: Invite, token: z.string(), reach: Reach }),
  errors: ["forbidden", "not_found"],
  limit: { points: 10, seconds: 60 },
});

export const createEmailInvite = operation({
  name: "invite.createForEmail",
  http: "POST /api/invites/email",
  repeat: "intent",
  audit: "invite",
  summary:
    "Create an invite that only this email address can use, once. It has no link until `invite.send` makes one and sends it",
  input: fields({ ...terms, email: Email }),
  output: Invite,
  // `conflict`: the address belongs to a person in the organization.
  errors: ["forbidden", "not_found", "conflict"],
  limit: { points: 30, seconds: 60 },
});

export const sendInvite = operation({
  name: "invite.send",
  http: "POST /api/invites/{inviteId}/send",
  // Each call creates another link, and the earlier link stops working. The answer may contain a secret token.
  repeat: "never",
  audit: "invite",
  summary:
    "Send an invite by email to its address, with a new link; an earlier link stops working, and so do other open invites to the " +
    "address that you may revoke. " +
    "If Parley has no mail server, nothing is sent, and the token of the link is returned",
  input: fields({ inviteId: Id }),
  output: fields({
    invite: Invite,
    token: z.string().nullable(),
    reach: Reach,
    /** How many other invites to the address stopped working, because this one replaces them. */
    replaced: z.int(),
  }),
  errors: ["forbidden", "not_found", "gone"],
  limit: { points: 30, seconds: 60 },
});

export const revokeInvite = operation({
  name: "invite.revoke",
  http: "DELETE /api/invites/{inviteId}",
  repeat: "intent",
  audit: "invite",
  summary: "Revoke an invite; its link stops working. Members revoke those that they created",
  input: fields({ inviteId: Id }),
  output: Invite,
  errors: ["forbidden", "not_found"],
});

/** What an invite link leads to, or why the link does not work. A link that does not work reveals nothing else. */
export const InviteLanding = z.discriminatedUnion("state", [
  fields({
    state: z.literal("open"),
    organization: Organization.pick({ id: true, name: true, picture: true }),
    inviter: z.string(),
    role: z.string(),
    rooms: z.array(z.string()),
    expiresAt: Time.nullable(),
    /** The only email address that can use it. */
    email: z.string().nullable(),
    /** When access ends for guests who join with it. */
    guestEndsAt: Time.nullable(),
    /** Whether the browser's account is already in the invite's organization. `ended`: as a guest whose access has ended. */
    standing: z.enum(["none", "member", "deactivated", "ended"]),
    /** Why the browser's account can't join with it, and what to do. Null if it can, and if nobody is signed in. */
    obstacle: z.string().nullable(),
  }),
  fields({ state: z.literal("expired") }),
  fields({ state: z.literal("used_up") }),
  fields({ state: z.literal("revoked") }),
  /** The invite was sent again, with another link. */
  fields({ state: z.literal("replaced") }),
  fields({ state: z.literal("unknown") }),
]);
export type InviteLanding = z.infer<typeof InviteLanding>;

export const showInvite = operation({
  name: "invite.show",
  http: "GET /api/join/{token}",
  summary: "Show what an invite link leads to",
  access: "public",
  input: fields({ token: Token }),
  output: InviteLanding,
});

export const acceptInvite = operation({
  name: "invite.accept",
  http: "POST /api/join/{token}",
  // A retry fails because the person is already a member. They can sign in. Without a session, no intent can be stored.
  repeat: "never",
  audit: null,
  summary: "Sign up with an invite link; of several at once, only as many succeed as it has uses left",
  access: "public",
  input: fields({ token: Token, name: PersonName, email: Email, password: Password }),
  output: fields({ organizationId: Id, personId: Id, handle: OrganizationHandle }),
  errors: ["gone", "conflict", "forbidden"],
  emits: ["frame", "me", "organization"],
  limit: { points: 100, seconds: 60 },
});

export const joinWithInvite = operation({
  name: "invite.join",
  http: "POST /api/join/{token}/signed-in",
  repeat: "intent",
  audit: null,
  summary:
    "Join another organization with an invite link, with the account and the name of the caller. The account's address has to " +
    "be proven. Answers the same if they are in that organization",
  input: fields({ token: Token }),
  output: fields({ handle: OrganizationHandle }),
  errors: ["gone", "forbidden"],
  emits: ["frame", "me", "organization"],
  limit: { points: 30, seconds: 60 },
});
