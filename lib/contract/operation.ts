import { z } from "zod";
import type { ErrorCode } from "./errors";
import { type OperationName, routes } from "./routes";

/** What an operation tells others of when it succeeds; see `events.ts`. */
export type Emits = "frame" | "me" | "presence" | "typing";

/** How often one person (or one address, when nobody is signed in) may ask: `points` per `seconds`. */
export interface Limit {
  points: number;
  seconds: number;
}

/** Who may ask at all. `public` operations run without a signed-in person. */
export type Access = "member" | "public";

export interface Operation<
  N extends OperationName = OperationName,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
> {
  name: N;
  http: (typeof routes)[N];
  summary: string;
  access: Access;
  input: I;
  output: O;
  errors: readonly ErrorCode[];
  emits: readonly Emits[];
  limit: Limit;
}

/** One thing a person may ask, defined once; both doors, the limits and the documentation are derived from it. */
export function operation<N extends OperationName, I extends z.ZodObject, O extends z.ZodType>(
  name: N,
  definition: {
    summary: string;
    access?: Access;
    input: I;
    output: O;
    /** Beyond those that any operation may answer: invalid_input, unauthenticated, rate_limited, internal, busy. */
    errors?: readonly ErrorCode[];
    emits?: readonly Emits[];
    limit?: Limit;
  },
): Operation<N, I, O> {
  return {
    access: "member",
    errors: [],
    emits: [],
    limit: { points: 60, seconds: 10 },
    ...definition,
    name,
    http: routes[name],
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
export const Time = z.iso.datetime();
/** A clock, or a place in a room's log: what a column of the database holds, and no more. */
export const Tick = z.int().min(0).max(2_147_483_647);

/** Text that may be empty or span lines: trimmed. */
export const prose = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((given) => !given.includes("\u0000"), "Contains characters that cannot be stored.");

/** Whether anything of it can be seen: neither spaces nor characters without width. */
export const isVisible = (given: string) => /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u.test(given);

/** Text people read on one line: trimmed, without control or bidirectional-override characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .refine(isVisible, "Say something here.")
    .max(max, `At most ${max} characters.`)
    // biome-ignore lint: control characters are exactly what is refused
    .refine(
      (text) => !/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/u.test(text),
      "Contains characters that cannot be shown.",
    );
