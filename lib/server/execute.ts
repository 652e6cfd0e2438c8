import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Answer } from "@/lib/contract/errors";
import type { Operation } from "@/lib/contract/operation";
import { organizationHeader } from "@/lib/contract/organization-header";
import { type Actor, type Caller, findActor, sessionsOfLogin } from "./actor";
import { limitKeyOf } from "./address";
import { AppError, organizationMissing, toFailure } from "./app-error";
import { type AuditNote, writeAudit } from "./audit";
import { isRetryable } from "./database-error";
import { db, Prisma, snapshot, type Tx } from "./db";
import { env } from "./env";
import { collectAnnouncements } from "./announcements";
import type { Audit, Handler } from "./handler";
import { type OperationAnswer, runOnce, splitIntent } from "./intents";
import { log } from "./log";
import { once } from "./once";
import { replaceLoneSurrogates } from "./well-formed";
import { takePoint } from "./rate-limit";
import { lockAwaitedRoom, withRoomLocks } from "./room-locks";
import { makeTurns } from "./turns";

/**
 * Executes one operation for a caller. The steps: refuse signed-out callers, apply the rate limit, validate the input, read the
 * current session and role, run the handler's `prepare` and `perform`, commit, and send the announcements. Reads check the
 * session once more at the end. REST, sockets and our own pages all use this function. It never throws.
 */
export async function execute<O extends Operation>(
  handler: Handler<O>,
  caller: Caller,
  raw: unknown,
): Promise<Answer<z.output<O["output"]>>> {
  const { operation } = handler;
  const receivedAt = performance.now();
  try {
    const actor = caller.actor ?? (operation.access === "account" ? await lastUsedActor(caller) : null);
    if (operation.access !== "public" && !actor)
      throw caller.mustNameOrganization ? organizationMissing(organizationHeader) : new AppError("unauthenticated");
    // Null means no limit: behind an unknown proxy, all signed-out callers have one address and must not share a limit.
    const key = actor?.personId ?? limitKeyOf(caller.address);
    if (key !== null) await takePoint(operation.limit.name, key, operation.limit);
    const input = operation.input.parse(replaceLoneSurrogates(raw));
    // Since the connection was made, the session may have ended, or the role may have changed.
    const checkedCaller = { ...caller, actor: caller.reloadActor ? await caller.reloadActor() : actor };
    if (operation.access !== "public" && !checkedCaller.actor) throw new AppError("unauthenticated");
    const runWithRetries = () =>
      withRoomLocks(() => withRetries(() => perform(handler, checkedCaller, input, receivedAt)), receivedAt);
    const answer = handler.reads ? await withReaderSlot(key, runWithRetries) : await runWithRetries();
    // The session may have ended after the check above, and the answer may contain data that was committed later. If the session
    // is still valid now, it was valid when that data was committed.
    if (handler.reads && checkedCaller.actor && !(await findActor(checkedCaller.actor.sessionId))) {
      throw new AppError("unauthenticated");
    }
    return { ok: true, ...(answer as OperationAnswer & { data: z.output<O["output"]> }) };
  } catch (error) {
    return { ok: false, error: toFailure(error, caller.requestId) };
  }
}

/** The caller in the organization that they used last, if they are in several and named none. */
async function lastUsedActor({ login, mustNameOrganization }: Caller): Promise<Actor | null> {
  const [last] = login && mustNameOrganization ? await sessionsOfLogin(login.loginId) : [];
  return last ?? null;
}

/**
 * The share of the database connections that read operations may use. The rest is for writes, and for the pulls that feed
 * sockets.
 */
const readerShare = 0.4;
/** How many reads from one caller, and from all callers together, may wait. Others are refused with `busy`. */
const maxWaitingReaders = { perCaller: 64, total: 5_000 };

/** Runs a read when its turn comes. Callers take turns, so that a caller with many reads does not block the others. */
async function withReaderSlot<T>(key: string | null, read: () => Promise<T>): Promise<T> {
  const turns = once("readers", () => {
    const { poolSize, limitFactor } = env();
    const maxConcurrent = Math.max(1, Math.round(poolSize * readerShare));
    return makeTurns({
      maxConcurrent,
      maxWaitingPerKey: maxWaitingReaders.perCaller * limitFactor,
      maxWaiting: maxWaitingReaders.total * limitFactor,
    });
  });
  const endTurn = await turns.take({ key });
  try {
    return await read();
  } finally {
    endTurn();
  }
}

/** Runs the handler, commits, and then announces what the handler changed. */
async function perform(handler: Handler, caller: Caller, parsed: object, receivedAt: number): Promise<OperationAnswer> {
  const { input, intent } = splitIntent(handler.operation, caller.actor, parsed);
  const whyReadOnly =
    handler.mode === "write"
      ? null
      : `${handler.operation.name} announces a change, but its mode is "${handler.mode}".`;
  const { announce, writeTicks, send } = collectAnnouncements(whyReadOnly);
  const auditNotes: AuditNote[] = [];
  const audit: Audit = (note) => {
    if (whyReadOnly !== null) throw new Error(whyReadOnly);
    auditNotes.push(note);
  };
  const request = { receivedAt, actor: caller.actor as Actor, caller, input: input as never };
  const prepared = (await handler.prepare?.(request)) as never;
  const runHandler = async (tx: Tx): Promise<OperationAnswer> => {
    const data = await handler.perform({ ...request, tx, prepared }, { announce, audit }, refuse);
    await writeNotes(tx, handler.operation, caller, auditNotes);
    if (auditNotes.length > 0 && caller.actor) announce.administration(caller.actor.organizationId);
    await writeTicks(tx);
    return { data };
  };
  const answer = await runInMode(handler.mode, (tx) =>
    intent ? runOnce(tx, intent, () => runHandler(tx)) : runHandler(tx),
  );
  await send(receivedAt);
  return answer;
}

async function writeNotes(tx: Tx, { name, audit: subject }: Operation, { actor, address }: Caller, notes: AuditNote[]) {
  if (notes.length === 0) return;
  if (!subject || !actor) throw new Error(`The definition of ${name} does not say what it writes to the audit log.`);
  const { organizationId, personId: actorId } = actor;
  const entries = notes.map((note) => ({ act: name, subject, ...note }));
  await writeAudit(tx, { organizationId, actorId, address }, entries);
}

/** Throws the error that the caller receives when the handler's `load` found nothing (null) or its `allow` refused. */
function refuse(decision: { ok: true } | { ok: false; code: AppError["code"]; reason: string } | null): never {
  // With `not_found`, the reason is dropped, so that a hidden thing looks as if it did not exist.
  if (!decision || decision.ok || decision.code === "not_found") throw new AppError("not_found");
  throw new AppError(decision.code, decision.reason);
}

function runInMode<T>(mode: Handler["mode"], run: (tx: Tx) => Promise<T>): Promise<T> {
  if (mode === "none") return run(db());
  if (mode === "snapshot") return snapshot(run);
  const begin = async (tx: Tx) => {
    await lockAwaitedRoom(tx);
    return run(tx);
  };
  return db().$transaction(begin, { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted });
}

async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (tries >= 5 || !isRetryable(error)) throw error;
      log().debug({ tries }, "transaction retried");
    }
  }
}

export function newRequestId(): string {
  return randomUUID().slice(0, 8);
}
