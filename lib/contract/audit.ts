import { z } from "zod";
import { fields, Id, operation, Time } from "./operation";
import { nextPage, page } from "./page";

/** Changed fields. Their values are text, numbers, booleans, lists of these, or null. */
const Values = z.record(z.string(), z.unknown());

/** One administrative act, as owners and admins see it. */
export const AuditEntry = fields({
  id: Id,
  at: Time,
  /** The person who did it. Null for what Parley did by itself. */
  actorId: Id.nullable(),
  /** What was done: the name of an operation, or a more exact one. */
  act: z.string(),
  /** The kind of what was changed, and its id. */
  subject: z.string(),
  subjectId: Id,
  roomId: Id.nullable(),
  /** The changed fields as they were and as they were afterwards. Null if there is nothing to compare with. */
  before: Values.nullable(),
  after: Values.nullable(),
  /** Whether values are left out: they were written in a private room that the caller is not in, or before what they may see of it. */
  hidden: z.boolean(),
  /** The network address of the request. Empty for what Parley did by itself, and for a room's admins. */
  address: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const auditFilters = {
  /** Who did it, or to whom it was done. */
  personId: Id.optional(),
  act: z
    .string()
    .regex(/^[a-zA-Z]{1,50}\.[a-zA-Z]{1,50}$/, "That's not an act.")
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
    /** The names of today of the people, rooms and groups that the entries name by id. */
    names: z.record(Id, z.string()),
    ...nextPage,
  }),
  errors: ["forbidden"],
});

/** The audit log as a file. It is not an operation, because its answer is a stream instead of JSON. */
export const auditFile = {
  path: "/api/audit/export",
  summary:
    "Export the audit log, newest first, with the same filters as `GET /api/audit`; for owners and admins. `csv` has a line of names " +
    "and is safe to open in a spreadsheet, `json` has one entry on each line. The file ends early if the caller's session or role ends",
  query: fields({ ...auditFilters, format: z.enum(["csv", "json"]) }),
  contentTypes: ["text/csv", "application/x-ndjson"],
};
