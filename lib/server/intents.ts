import { createHash } from "node:crypto";
import type { Repeat } from "@/lib/contract/operation";
import { type Actor, actorNow } from "./actor";
import { AppError } from "./app-error";
import { db, type Tx } from "./db";

/** What somebody wants, named by an id of their own: asked for again, it is answered as the first time and not done again. */
export interface Intent {
  actor: Actor;
  id: string;
  operation: string;
  /** SHA-256 of what it was asked with. */
  input: string;
}

/** An operation's answer. `repeated`: given before, to the same intent, so that it may be stale by now. */
export interface Done {
  data: unknown;
  repeated?: true;
}

/** The intent that an input names, if it names one, and the input without it. */
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
 * Does the work of an intent, unless it has been done: then the answer is the first one's. Of two at once, the second waits
 * here for the first. Comes before every other lock of the transaction; what is refused or fails leaves no trace. Throws
 * `conflict` when the id was used for something else, `unauthenticated` when the login of a repeat has ended.
 */
export async function doOnce(tx: Tx, intent: Intent, work: () => Promise<Done>): Promise<Done> {
  const { actor, id, operation, input } = intent;
  const [known] = await tx.$queryRaw<{ operation: string; input: string; isDone: boolean; answer: unknown }[]>`
    INSERT INTO parley_moment.intents AS i ("personId", id, operation, input)
    VALUES (${actor.personId}::uuid, ${id}::uuid, ${operation}, ${input})
    ON CONFLICT ("personId", id) DO UPDATE SET id = i.id
    RETURNING operation, input, answer IS NOT NULL AS "isDone", answer`;
  if (known?.isDone) {
    if (!(await actorNow(tx, actor.sessionId))) throw new AppError("unauthenticated");
    if (known.operation !== operation || known.input !== input)
      throw new AppError("conflict", "This intentId was used for something else.");
    return { data: known.answer, repeated: true };
  }
  const done = await work();
  await tx.$executeRaw`UPDATE parley_moment.intents SET answer = ${JSON.stringify(done.data)}::json
    WHERE "personId" = ${actor.personId}::uuid AND id = ${id}::uuid`;
  return done;
}

/** Ends what is older than ten minutes: nobody repeats it any more, and an answer may hold text that was deleted since. */
export async function forgetIntents(): Promise<void> {
  await db().$executeRaw`DELETE FROM parley_moment.intents WHERE "createdAt" < now() - interval '10 minutes'`;
}
