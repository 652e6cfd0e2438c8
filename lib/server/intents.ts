import { createHash } from "node:crypto";
import type { Repeat } from "@/lib/contract/operation";
import { type Actor, findActorIn } from "./actor";
import { AppError } from "./app-error";
import { db, type Tx } from "./db";

/** A request with an `intentId`, an idempotency key that the client chooses. A retry with the same key gets the first answer. */
export interface Intent {
  actor: Actor;
  /** The `intentId`. */
  id: string;
  operation: string;
  /** SHA-256 of the input, in base64url. */
  inputHash: string;
}

export interface OperationAnswer {
  data: unknown;
  /** Set if this is the stored answer to an earlier request. It may be stale. */
  repeated?: true;
}

/** Splits an input into its `intentId`, if the operation takes one, and the rest. */
export function splitIntent(
  { name, repeat }: { name: string; repeat: Repeat },
  actor: Actor | null,
  { intentId, ...input }: { intentId?: unknown },
): { input: object; intent: Intent | null } {
  if (repeat !== "intent" || typeof intentId !== "string" || !actor) return { input, intent: null };
  const inputHash = createHash("sha256").update(JSON.stringify(input)).digest("base64url");
  return { input, intent: { actor, id: intentId, operation: name, inputHash } };
}

/**
 * Calls `run` and stores its answer, or returns the answer stored by an earlier request with the same id. Two requests with the
 * same id run one after the other, because the first locks the intent's row. That lock must be the transaction's first, or two
 * requests could deadlock. If `run` fails, the row is rolled back, so a retry calls `run` again. Throws `conflict` if the id was
 * used with another operation or input, and `unauthenticated` if the session has ended since the first request.
 */
export async function runOnce(tx: Tx, intent: Intent, run: () => Promise<OperationAnswer>): Promise<OperationAnswer> {
  const { actor, id, operation, inputHash } = intent;
  // The update changes nothing. It locks an existing row and returns it.
  const [stored] = await tx.$queryRaw<{ operation: string; input: string; hasAnswer: boolean; answer: unknown }[]>`
    INSERT INTO parley_moment.intents AS i ("personId", id, operation, input)
    VALUES (${actor.personId}::uuid, ${id}::uuid, ${operation}, ${inputHash})
    ON CONFLICT ("personId", id) DO UPDATE SET id = i.id
    RETURNING operation, input, answer IS NOT NULL AS "hasAnswer", answer`;
  if (stored?.hasAnswer) {
    if (!(await findActorIn(tx, actor.sessionId))) throw new AppError("unauthenticated");
    if (stored.operation !== operation || stored.input !== inputHash)
      throw new AppError("conflict", "This intentId was used for something else.");
    return { data: stored.answer, repeated: true };
  }
  const answer = await run();
  await tx.$executeRaw`UPDATE parley_moment.intents SET answer = ${JSON.stringify(answer.data)}::json
    WHERE "personId" = ${actor.personId}::uuid AND id = ${id}::uuid`;
  return answer;
}

/**
 * Deletes intents older than ten minutes. No client retries for that long, and a stored answer may contain text that was deleted
 * since.
 */
export async function deleteOldIntents(): Promise<void> {
  await db().$executeRaw`DELETE FROM parley_moment.intents WHERE "createdAt" < now() - interval '10 minutes'`;
}
