import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, line, operation, Time, searchText } from "./operation";
import { nextPage, page } from "./page";
import { PictureData, PictureName } from "./picture";

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
  deactivatedAt: Time.nullable(),
  /** When they were last online, to the minute. */
  lastSeenAt: Time.nullable(),
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

export const listPeople = operation({
  name: "person.list",
  http: "GET /api/people",
  summary: "Find people in the organization by name or handle, best match first, or look them up by id",
  input: fields({
    query: searchText(100).optional(),
    ids: z.array(Id).max(limits.people).optional(),
    ...page({ maxLimit: limits.people, defaultLimit: 50 }),
  }),
  output: fields({ people: z.array(Person), ...nextPage }),
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
