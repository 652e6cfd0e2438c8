import { createHash } from "node:crypto";
import type { Repeat } from "@/lib/contract/operation";
import { type Actor, actorNow } from "./actor";
import { AppError } from "./app-error";
import { db, type Tx } from "./db";

/** What a client wants done once, under an id it chose. A repeat with the same id gets the first answer. */
export interface Intent {
  actor: Actor;
  id: string;
  operation: string;
  /** SHA-256 of the input. */
  input: string;
}

/** An operation's answer. `repeated`: it is the answer that this intent got before, and may be stale. */
export interface Done {
  data: unknown;
  repeated?: true;
}

/** Splits `intentId`, if there is one, from the rest of an input. */
export function intentIn(
  { name, repeat }: { name: string; repeat: Repeat },
  actor: Actor | null,
  { intentId, ...input }: { intentId?: unknown },
): { input: object; intent: Intent | null } {
  if (repeat !== "intent" || typeof intentId !== "string" || !actor) return { input, intent: null };
  const hash = createHash("sha256").update(JSON.stringify(input)).digest("base64url");
  return { input, intent: { actor, id: intentId, operation: name, input: hash } };
}

/**
 * Does the work of an intent, unless it was done before: then it returns the first answer. Of two at once, the second waits
 * for the first. Call it before the transaction takes any other lock. An intent that fails is forgotten. Throws `conflict`
 * if the id was used for something else, and `unauthenticated` if the login of a repeat has ended.
 */
export async function doOnce(tx: Tx, intent: Intent, work: () => Promise<Done>): Promise<Done> {
  const { actor, id, operation, input } = intent;
  const [stored] = await tx.$queryRaw<{ operation: string; input: string; isDone: boolean; answer: unknown }[]>`
    INSERT INTO parley_moment.intents AS i ("personId", id, operation, input)
    VALUES (${actor.personId}::uuid, ${id}::uuid, ${operation}, ${input})
    ON CONFLICT ("personId", id) DO UPDATE SET id = i.id
    RETURNING operation, input, answer IS NOT NULL AS "isDone", answer`;
  if (stored?.isDone) {
    if (!(await actorNow(tx, actor.sessionId))) throw new AppError("unauthenticated");
    if (stored.operation !== operation || stored.input !== input)
      throw new AppError("conflict", "This intentId was used for something else.");
    return { data: stored.answer, repeated: true };
  }
  const done = await work();
  await tx.$executeRaw`UPDATE parley_moment.intents SET answer = ${JSON.stringify(done.data)}::json
    WHERE "personId" = ${actor.personId}::uuid AND id = ${id}::uuid`;
  return done;
}

/** Deletes intents older than ten minutes. No client repeats them, and an answer may contain text deleted since. */
export async function forgetIntents(): Promise<void> {
  await db().$executeRaw`DELETE FROM parley_moment.intents WHERE "createdAt" < now() - interval '10 minutes'`;
}
