import { z } from "zod";
import { pretendsLatin } from "./alike";
import type { ErrorCode } from "./errors";
import { isDisplayable, isUnstacked, isVisible, oneLine, withoutHidden } from "./hidden";
import { largestTick } from "./largest-tick";
import type { Route } from "./route";

/** Events of `events.ts` that a successful operation may send: to other people, or to the caller's other devices. */
export type Emits = "frame" | "me" | "presence" | "typing" | "organization" | "bye";

/** How often one person may call an operation: `points` times per `seconds`. Callers without a session are counted by address. */
export interface Limit {
  points: number;
  seconds: number;
}

/** The limit of an operation. Operations whose limits have the same name share it. */
interface NamedLimit extends Limit {
  name: string;
}

/**
 * Who may call an operation: `member` needs a session, `public` needs none. `account` needs a session, too, but is about the account:
 * of several organizations, the request need not name one.
 */
export type Access = "member" | "account" | "public";

/**
 * Whether a client that received no answer may retry.
 * - `safe`: yes. The operation is idempotent, as every GET is.
 * - `named`: yes, with the same `id`. The client chooses the id of what it creates.
 * - `intent`: yes, with the same `intentId`, an idempotency key. The operation runs once; a retry gets the first answer.
 * - `never`: no. A comment in the definition says why.
 */
export type Repeat = "safe" | "named" | "intent" | "never";

/**
 * The kind of thing that an administrative act changed. The audit log records the act with the id of this thing. `person` also
 * covers a person's membership of a room.
 */
export type AuditSubject = "organization" | "room" | "person" | "group" | "invite" | "message";

export interface Operation<
  N extends string = string,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
  R extends Repeat = Repeat,
> {
  name: N;
  http: Route;
  /** Other routes to the same operation, which people expect. */
  aliases: readonly Route[];
  repeat: R;
  summary: string;
  access: Access;
  /** If `repeat` is `intent`, it also accepts `intentId`. The type leaves it out, because handlers never receive it. */
  input: I;
  output: O;
  errors: readonly ErrorCode[];
  emits: readonly Emits[];
  /** The kind of thing whose change is written to the audit log. Null for an operation that is not administrative. */
  audit: AuditSubject | null;
  limit: NamedLimit;
}

type RouteAndRepeat<R extends Repeat> =
  | { http: Read; aliases?: readonly Read[]; repeat?: "safe"; audit?: null }
  | { http: Change; aliases?: readonly Change[]; repeat: R; audit: AuditSubject | null };
type Read = Extract<Route, `GET ${string}`>;
type Change = Exclude<Route, `GET ${string}`>;

const usualLimit: Limit = { points: 60, seconds: 10 };

/**
 * Defines one operation. Everything else is derived from the definition: its REST routes, its socket event, its limit, its
 * documentation, and the tables that `scripts/setup/operations.mjs` generates.
 */
export function operation<N extends string, I extends z.ZodObject, O extends z.ZodType, R extends Repeat = "safe">(
  definition: RouteAndRepeat<R> & {
    /** `noun.verb`. */
    name: N;
    summary: string;
    access?: Access;
    input: I;
    output: O;
    /** Besides the errors that every operation can have: invalid_input, unauthenticated, rate_limited, internal, busy. */
    errors?: readonly ErrorCode[];
    emits?: readonly Emits[];
    /** Without a name, no other operation shares it. */
    limit?: Limit & Partial<NamedLimit>;
  },
): Operation<N, I, O, R> {
  const { name, input, errors = [], emits = [], audit = null, repeat = "safe", limit = usualLimit } = definition;
  return {
    access: "member",
    aliases: [],
    ...definition,
    limit: { name, ...limit },
    audit,
    // Open settings pages receive an event for every administrative act.
    emits: audit === null ? emits : [...new Set<Emits>([...emits, "organization"])],
    repeat: repeat as R,
    input: repeat === "intent" ? (input.extend({ intentId: IntentId }) as unknown as I) : input,
    errors: repeat === "intent" ? [...new Set<ErrorCode>([...errors, "conflict"])] : errors,
  };
}

/** Creates the schema of an object that may have no other fields. */
export const fields = z.strictObject;
/** An empty output. */
export const Nothing = fields({});

/** Lower case, so that equal ids are equal strings. */
export const Id = z.uuid("That's not an id.").toLowerCase();
/** An id that the client chooses for something new, so that a retry does not create it twice. */
export const NewId = z.uuidv7().toLowerCase();
/** An idempotency key. The client keeps it when it retries. */
const IntentId = NewId.optional().describe(
  "An idempotency key: a UUIDv7 that you choose for each request. If you receive no answer, retry within ten minutes with " +
    "the same `intentId`. The request is done only once, and a retry gets the first answer. Another input is a `conflict`.",
);
export const Time = z.iso.datetime("That's not a time, such as 2026-01-31T09:00:00Z.");
/** A clock counts the changes of a room or a person. A tick is one value of a clock. */
export const Tick = z.int().min(0).max(largestTick);

const unshowable = "This contains characters that can't be shown.";

/** Text of any number of lines, which may be empty. It is trimmed, and invisible characters are removed. */
export const prose = (max: number) =>
  z
    .string()
    .overwrite((text) => withoutHidden(text).trim())
    .max(max, `At most ${max} characters.`)
    .refine((text) => !text.includes("\u0000"), unshowable);

/** A search query. An empty one matches everything. */
export const searchText = (max: number) =>
  z.string().overwrite(oneLine).max(max, `At most ${max} characters.`).refine(isDisplayable, unshowable);

/**
 * Text shown on one line: a name, a topic, a label. Invisible characters are removed, and misleading text is refused.
 * `one-line.test.ts` fails for a text field that uses none of these types.
 */
export const line = (max: number) => lineOrNothing(max).refine(isVisible, "This can't be empty.");

/** Text shown on one line, which may be empty. */
export const lineOrNothing = (max: number) =>
  z
    .string()
    .overwrite(oneLine)
    .max(max, `At most ${max} characters.`)
    .refine(isDisplayable, unshowable)
    .refine(isUnstacked, "There are too many marks on one letter.")
    .refine(
      (text) => !pretendsLatin(text),
      "A word mixes letters from two alphabets that look the same. Use one alphabet.",
    );
