import { z } from "zod";
import { fields, Id, operation, Time } from "./operation";
import { nextPage, page } from "./page";

/** Changed fields, by name. A value is a text, a number, a boolean, a list of these, or null. */
const ChangedFields = z.record(z.string(), z.unknown());

/** One administrative act, as owners and admins see it. */
export const AuditEntry = fields({
  id: Id,
  at: Time,
  /** The person who did it. Null if Parley did it by itself. */
  actorId: Id.nullable(),
  /** What was done: the name of an operation such as `room.update`, or a more specific name if it can do several things. */
  act: z.string(),
  /** The kind of thing that was changed, such as `room`. */
  subject: z.string(),
  /** The id of the thing that was changed. */
  subjectId: Id,
  roomId: Id.nullable(),
  /** The changed fields before and after the act. Null if there is nothing to compare with. */
  before: ChangedFields.nullable(),
  after: ChangedFields.nullable(),
  /**
   * Whether `before` and `after` lack values that the caller may not read: those of a private room that the caller is not in, or of
   * a time before the messages that the caller may see there.
   */
  hidden: z.boolean(),
  /** The network address of the request. Empty if Parley did it by itself, and for callers who are only admins of the room. */
  address: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const auditFilters = {
  /** Who did it, or to whom it was done. */
  personId: Id.optional(),
  act: z
    .string()
    .regex(/^[a-zA-Z]{1,50}\.[a-zA-Z]{1,50}$/, "Enter an action, such as room.create.")
    .optional(),
  roomId: Id.optional(),
  /** From this time on. */
  since: Time.optional(),
  /** Before this time. */
  until: Time.optional(),
};

export const listAudit = operation({
  name: "audit.list",
  http: "GET /api/audit",
  summary:
    "List the administrative acts in the organization, newest first; for owners and admins. With `roomId`, the room's admins get " +
    "what happened in it, without network addresses",
  input: fields({ ...auditFilters, ...page({ maxLimit: 200, defaultLimit: 50 }) }),
  output: fields({
    entries: z.array(AuditEntry),
    /** The current names of the people, rooms and groups in the entries, by id. */
    names: z.record(Id, z.string()),
    ...nextPage,
  }),
  errors: ["forbidden"],
});

/** The audit log as a file. It is not an operation, because its answer is a stream, not JSON. */
export const auditFile = {
  path: "/api/audit/export",
  summary:
    "Export the audit log, newest first, with the same filters as `GET /api/audit`; for owners and admins. `csv` has a header row " +
    "and is safe to open in a spreadsheet, `json` has one entry on each line. The file ends early if the caller's session ends or they lose the role",
  query: fields({ ...auditFilters, format: z.enum(["csv", "json"]) }),
  contentTypes: ["text/csv", "application/x-ndjson"],
};
