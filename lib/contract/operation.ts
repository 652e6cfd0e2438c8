import { z } from "zod";
import { pretendsLatin } from "./alike";
import type { ErrorCode } from "./errors";
import { isShown, isUnstacked, isVisible, oneLine, withoutHidden } from "./hidden";
import type { Route } from "./route";

/** What an operation tells others of when it succeeds; see `events.ts`. */
export type Emits = "frame" | "me" | "presence" | "typing";

/** How often one person (or one address, when nobody is signed in) may ask: `points` per `seconds`. */
export interface Limit {
  points: number;
  seconds: number;
}

/** Who may ask at all. `public` operations run without a signed-in person. */
export type Access = "member" | "public";

/**
 * Whether a client that received no answer may send the request again.
 * - `safe`: as it is. The second request changes nothing beyond the first. So is every GET.
 * - `named`: with the same `id`, by which the client names what it creates.
 * - `intent`: with the same `intentId`, by which the client names what it wants. It is done once; a repeat gets the first answer.
 * - `never`: a comment in the definition says why.
 */
export type Repeat = "safe" | "named" | "intent" | "never";

export interface Operation<
  N extends string = string,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
  R extends Repeat = Repeat,
> {
  name: N;
  http: Route;
  repeat: R;
  summary: string;
  access: Access;
  /** Where `repeat` is `intent`, with an `intentId` that the type does not tell: `execute` removes it, handlers never see it. */
  input: I;
  output: O;
  errors: readonly ErrorCode[];
  emits: readonly Emits[];
  limit: Limit;
}

type RouteAndRepeat<R extends Repeat> =
  | { http: Extract<Route, `GET ${string}`>; repeat?: "safe" }
  | { http: Exclude<Route, `GET ${string}`>; repeat: R };

/**
 * Defines one thing a client can ask for. Everything else that knows an operation is derived from this: both ways to call
 * it, its limit, the documentation, and the tables that `scripts/setup/operations.mjs` generates.
 */
export function operation<N extends string, I extends z.ZodObject, O extends z.ZodType, R extends Repeat = "safe">(
  definition: RouteAndRepeat<R> & {
    /** `noun.verb`. */
    name: N;
    summary: string;
    access?: Access;
    input: I;
    output: O;
    /** Beyond those that any operation may answer: invalid_input, unauthenticated, rate_limited, internal, busy. */
    errors?: readonly ErrorCode[];
    emits?: readonly Emits[];
    limit?: Limit;
  },
): Operation<N, I, O, R> {
  const { input, errors = [], repeat = "safe" } = definition;
  return {
    access: "member",
    emits: [],
    limit: { points: 60, seconds: 10 },
    ...definition,
    repeat: repeat as R,
    input: repeat === "intent" ? (input.extend({ intentId: IntentId }) as unknown as I) : input,
    errors: repeat === "intent" ? [...new Set<ErrorCode>([...errors, "conflict"])] : errors,
  };
}

/** An input of named fields; a field it does not know is refused. */
export const fields = z.strictObject;
/** An answer that says nothing but that it was done. */
export const Nothing = fields({});

/** One spelling, so that ids compare as text wherever they meet. */
export const Id = z.uuid().toLowerCase();
/** The id of something new, named by whoever makes it, so that a retry makes no second one. */
export const NewId = z.uuidv7().toLowerCase();
/** Named by whoever asks, once for what they want and not for each try. */
const IntentId = NewId.optional().describe(
  "A UUIDv7 of your own for what you want. When no answer came, send the same request with the same `intentId`, within " +
    "ten minutes: it is done once, and the repeat gets the first answer. With any other input the answer is `conflict`.",
);
export const Time = z.iso.datetime();
/** A clock, or a place in a room's log: what a column of the database holds, and no more. */
export const Tick = z.int().min(0).max(2_147_483_647);

const unshowable = "This contains characters that can't be shown.";

/** Text that may be empty or span lines: trimmed, without signs that nobody sees. */
export const prose = (max: number) =>
  z
    .string()
    .overwrite((text) => withoutHidden(text).trim())
    .max(max, `At most ${max} characters.`)
    .refine((given) => !given.includes("\u0000"), unshowable);

/** What somebody looks for: like a line, and nothing at all is everything. */
export const searchText = (max: number) =>
  z.string().overwrite(oneLine).max(max, `At most ${max} characters.`).refine(isShown, unshowable);

/**
 * Text people read on one line: a name, a topic, a label. Every such field of an operation is one. What nobody sees is
 * taken out; what misleads is refused. `one-line.test.ts` looks that no field of free text is anything else.
 */
export const line = (max: number) =>
  z
    .string()
    .overwrite(oneLine)
    .refine(isVisible, "This can't be empty.")
    .max(max, `At most ${max} characters.`)
    .refine(isShown, unshowable)
    .refine(isUnstacked, "There are too many marks on one letter.")
    .refine(
      (text) => !pretendsLatin(text),
      "A word mixes letters from two alphabets that look the same. Use one alphabet.",
    );
