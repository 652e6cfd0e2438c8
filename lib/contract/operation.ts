import { z } from "zod";
import { pretendsLatin } from "./alike";
import type { ErrorCode } from "./errors";
import { isShown, isUnstacked, isVisible, oneLine, withoutHidden } from "./hidden";
import type { Route } from "./route";

/** The events that others, or other devices of the same person, may receive when an operation succeeds; see `events.ts`. */
export type Emits = "frame" | "me" | "presence" | "typing" | "person" | "bye";

/** How often one person may call an operation: `points` times per `seconds`. Without a login, it applies to the address. */
export interface Limit {
  points: number;
  seconds: number;
}

/** Who may call an operation. `public` ones need no login. */
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
    /** Errors besides those of every operation: invalid_input, unauthenticated, rate_limited, internal, busy. */
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

/** An object that refuses unknown fields. */
export const fields = z.strictObject;
/** An empty output. */
export const Nothing = fields({});

/** Lower case, so that equal ids are equal strings. */
export const Id = z.uuid().toLowerCase();
/** An id that the client chooses for something new, so that a retry does not create it twice. */
export const NewId = z.uuidv7().toLowerCase();
/** Named by whoever asks, once for what they want and not for each try. */
const IntentId = NewId.optional().describe(
  "A UUIDv7 of your own for what you want. When no answer came, send the same request with the same `intentId`, within " +
    "ten minutes: it is done once, and the repeat gets the first answer. With any other input the answer is `conflict`.",
);
export const Time = z.iso.datetime();
/** A clock value or a position in a room's log. The maximum is that of a Postgres integer. */
export const Tick = z.int().min(0).max(2_147_483_647);

const unshowable = "This contains characters that can't be shown.";

/** Text that may be empty and have several lines. It is trimmed, and invisible characters are removed. */
export const prose = (max: number) =>
  z
    .string()
    .overwrite((text) => withoutHidden(text).trim())
    .max(max, `At most ${max} characters.`)
    .refine((text) => !text.includes("\u0000"), unshowable);

/** A search query. An empty one matches everything. */
export const searchText = (max: number) =>
  z.string().overwrite(oneLine).max(max, `At most ${max} characters.`).refine(isShown, unshowable);

/**
 * Text shown on one line: a name, a topic, a label. Invisible characters are removed, and misleading text is refused.
 * `one-line.test.ts` fails for a free-text field that uses no such type.
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
