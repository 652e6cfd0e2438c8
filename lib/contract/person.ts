import { z } from "zod";
import { foldSpelling } from "./fold";
import { limits } from "./limits";
import { isMentionWord } from "./mention-words";
import { fields, Id, line, lineOrNothing, operation, Time, searchText } from "./operation";
import { nextPage, page } from "./page";
import { Emoji, PictureData, PictureName } from "./picture";

export const OrganizationRole = z.enum(["owner", "admin", "member", "guest"]);
export type OrganizationRole = z.infer<typeof OrganizationRole>;

/** A person as everybody in the organization sees them. */
export const Person = fields({
  id: Id,
  name: z.string(),
  handle: z.string(),
  role: OrganizationRole,
  /** The name of their picture's files (see `picture.show`). */
  picture: PictureName.nullable(),
  /** What they do, such as "Site reliability". Empty if they don't say. */
  title: z.string(),
  /** The pronouns that they ask others to use. Empty if they don't say. */
  pronouns: z.string(),
  /** Their time zone by its IANA name, such as "Europe/Lisbon". Null if they don't show it. */
  timeZone: z.string().nullable(),
  /** Their status: an emoji and a line. Both are empty if they have no status. Do not show them from `statusUntil` on. */
  statusEmoji: z.string(),
  statusText: z.string(),
  /** When the status ends. Null means that it stays. */
  statusUntil: Time.nullable(),
  deactivatedAt: Time.nullable(),
  /** When they were last seen online, to the minute. It does not change while they appear offline. */
  lastSeenAt: Time.nullable(),
  /**
   * The organization's clock at the last change of anything but `lastSeenAt`. Of two states, the one with the greater tick is
   * newer. An operation that changes a person answers with the tick from before the change.
   */
  tick: z.int(),
});
export type Person = z.infer<typeof Person>;

/** Normalized (trimmed, NFKC, lower case), so that equal addresses are equal strings. */
export const Email = z
  .string()
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("Enter a valid email address.").max(254));
export const Password = z
  .string()
  .min(limits.passwordMin, `At least ${limits.passwordMin} characters.`)
  .max(limits.passwordMax, `At most ${limits.passwordMax} characters.`);
export const PersonName = line(limits.name);
/** Letters and digits of any script, which `.`, `-` and `_` can separate. */
const handlePattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[._-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*$/u;
/** What a person is mentioned by, in lower case and without the @. It has no invisible characters, so two handles never differ only by them. */
export const Handle = line(limits.handle)
  .overwrite((text) => foldSpelling(text).toLowerCase().replace(/^@/, ""))
  // Some characters become many.
  .refine((text) => text.length <= limits.handle, `At most ${limits.handle} characters.`)
  .refine((text) => handlePattern.test(text), "Use letters and digits. Separate them with . - or _")
  .refine((text) => !isMentionWord(text), "With an @ before it, this word means people of a room. Choose another one.");

/** The name of a time zone that this server or browser knows. */
const TimeZone = z.string().max(64).refine(isTimeZone, "Choose a time zone of the list.");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).format();
    // `Intl` also accepts an offset such as "+02:00", but an offset is not a place.
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}

export const listPeople = operation({
  name: "person.list",
  http: "GET /api/people",
  summary: "Find people in the organization by name or handle, best match first, or look them up by id",
  input: fields({
    query: searchText(100).optional(),
    ids: z.array(Id).max(limits.people).optional(),
    /** Only people with whom you can start a direct message. You are one of them. */
    for: z.enum(["direct"]).optional(),
    /** Only people who can sign in and are not in this room. */
    notInRoomId: Id.optional(),
    ...page({ maxLimit: limits.people, defaultLimit: 50 }),
  }),
  output: fields({ people: z.array(Person), ...nextPage }),
  errors: ["not_found"],
});

export const browsePeople = operation({
  name: "person.browse",
  http: "GET /api/directory",
  summary:
    "List the people of the organization by name, without those who are deactivated; with a query, matches by name or handle, " +
    "best first. Guests get the people they share a room with",
  input: fields({
    query: searchText(100).optional(),
    role: OrganizationRole.optional(),
    groupId: Id.optional(),
    /** Only people who are active now. */
    presence: z.enum(["active"]).optional(),
    ...page({ maxLimit: limits.people, defaultLimit: 50 }),
  }),
  /** `total` counts the people who match the filters. It ignores the query. */
  output: fields({ people: z.array(Person), ...nextPage, total: z.int() }),
});

/** What a finder needs to know of a person. */
export const NamedPerson = fields({
  id: Id,
  name: z.string(),
  handle: z.string(),
  role: OrganizationRole,
  /** As in `Person`. */
  tick: z.int(),
});
export type NamedPerson = z.infer<typeof NamedPerson>;

export const listNames = operation({
  name: "person.names",
  http: "GET /api/names",
  summary:
    "List the names and handles of everyone in the organization, or in one room, by name, without those who are deactivated. " +
    "Guests get the people they share a room with",
  input: fields({
    /** Only people who are in this room. */
    roomId: Id.optional(),
    role: OrganizationRole.optional(),
    ...page({ maxLimit: limits.names, defaultLimit: limits.names }),
  }),
  output: fields({ people: z.array(NamedPerson), ...nextPage }),
  errors: ["not_found"],
});

export const showPerson = operation({
  name: "person.show",
  http: "GET /api/people/{personId}",
  summary: "Show a person, with the groups they are in and the rooms that you have in common",
  input: fields({ personId: Id }),
  output: fields({
    person: Person,
    joinedAt: Time,
    /** At most twenty, by name. Guests see only groups that they are in. */
    groups: z.array(fields({ id: Id, name: z.string() })),
    /** At most twenty, by name. */
    rooms: z.array(fields({ id: Id, name: z.string() })),
    /** How many rooms you have in common. Direct messages are not counted. */
    roomCount: z.int(),
    /** The handles that they gave up and that are reserved for them. Only owners and admins get them. */
    formerHandles: z.array(z.string()),
  }),
  errors: ["not_found"],
});

export const updatePerson = operation({
  name: "person.update",
  http: "PATCH /api/me",
  repeat: "intent",
  audit: null,
  summary:
    "Change your own name and handle, and what your profile says about you. A handle that you give up stays reserved for you, until " +
    "an owner or admin releases it",
  input: fields({
    name: PersonName.optional(),
    handle: Handle.optional(),
    title: lineOrNothing(limits.title).optional(),
    pronouns: lineOrNothing(limits.pronouns).optional(),
    timeZone: TimeZone.nullable().optional(),
  }),
  output: Person,
  emits: ["organization"],
  limit: { points: 20, seconds: 60 },
});

export const setStatus = operation({
  name: "person.setStatus",
  http: "PUT /api/me/status",
  repeat: "intent",
  audit: null,
  summary: "Set your own status, until a time or until you change it. Without an emoji and a text, you have none",
  input: fields({
    emoji: z.union([z.literal(""), Emoji]),
    text: lineOrNothing(limits.status),
    until: Time.nullable(),
  }),
  output: Person,
  emits: ["organization"],
  limit: { points: 20, seconds: 60 },
});

export const setPicture = operation({
  name: "person.setPicture",
  http: "PUT /api/me/picture",
  repeat: "intent",
  summary: "Set your own picture, or remove it with null",
  audit: null,
  input: fields({ picture: PictureData.nullable() }),
  output: Person,
  emits: ["organization"],
  limit: { points: 20, seconds: 60 },
});
