import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Answer } from "@/lib/contract/errors";
import type { MeEvent } from "@/lib/contract/events";
import type { MeChange } from "@/lib/contract/home";
import type { Operation } from "@/lib/contract/operation";
import { type Actor, type Caller, findActor } from "./actor";
import { limitKeyOf } from "./address";
import { AppError, toFailure } from "./app-error";
import { db, isRetryable, Prisma, snapshot, type Tx } from "./db";
import { env } from "./env";
import type { Announce, Handler } from "./handler";
import { type OperationAnswer, runOnce, splitIntent } from "./intents";
import { log } from "./log";
import { once } from "./once";
import { replaceLoneSurrogates } from "./well-formed";
import { takePoint } from "./rate-limit";
import { announceChange } from "./logs";
import { touchOrganization, touchPeople } from "./touch";
import { makeTurns } from "./turns";

/**
 * Executes one operation for a caller, in these steps: rate limit, input validation, current login and role, the handler's
 * `load`, `allow` and `run`, commit, then its announcements. REST, sockets and our own pages all use it. Never throws.
 */
export async function execute<O extends Operation>(
  handler: Handler<O>,
  caller: Caller,
  raw: unknown,
): Promise<Answer<z.output<O["output"]>>> {
  const { operation } = handler;
  const receivedAt = performance.now();
  try {
    if (operation.access === "member" && !caller.actor) throw new AppError("unauthenticated");
    // Null means no limit: behind an unknown proxy, all signed-out callers have one address and must not share a limit.
    const key = caller.actor?.personId ?? limitKeyOf(caller.address);
    if (key !== null) await takePoint(operation.name, key, operation.limit);
    const input = operation.input.parse(replaceLoneSurrogates(raw));
    // The login may have ended, and the role may have changed, since the connection was made.
    const checked = caller.reloadActor ? { ...caller, actor: await caller.reloadActor() } : caller;
    if (operation.access === "member" && !checked.actor) throw new AppError("unauthenticated");
    const work = () => withRetries(() => perform(handler, checked, input, receivedAt));
    const done = handler.reads ? await withReaderSlot(key, work) : await work();
    // The data may have been committed after the check above. If the login is still good, it was good at that commit.
    if (handler.reads && checked.actor && !(await findActor(checked.actor.sessionId))) {
      throw new AppError("unauthenticated");
    }
    return { ok: true, ...(done as OperationAnswer & { data: z.output<O["output"]> }) };
  } catch (error) {
    return { ok: false, error: toFailure(error, caller.requestId) };
  }
}

/** The share of the database connections that read operations may use. Writes and realtime's reads need the rest. */
const readerShare = 0.4;
/** How many reads of one caller, and of all callers, may wait. More are refused with `busy`. */
const maxWaitingReaders = { perCaller: 64, inAll: 5_000 };

/** Runs a read when it is its turn. Callers take turns, so that a few with many reads do not block the others. */
async function withReaderSlot<T>(key: string | null, work: () => Promise<T>): Promise<T> {
  const turns = once("readers", () => {
    const { poolSize, limitFactor } = env();
    const maxConcurrent = Math.max(1, Math.round(poolSize * readerShare));
    return makeTurns({
      maxConcurrent,
      waitingPerKey: maxWaitingReaders.perCaller * limitFactor,
      waitingInAll: maxWaitingReaders.inAll * limitFactor,
    });
  });
  const endTurn = await turns.take({ key });
  try {
    return await work();
  } finally {
    endTurn();
  }
}

async function perform(handler: Handler, caller: Caller, parsed: object, receivedAt: number): Promise<OperationAnswer> {
  const { input, intent } = splitIntent(handler.operation, caller.actor, parsed);
  const rooms = new Set<string>();
  const changes = new Map<string, MeChange[]>();
  const people = new Map<string, string[]>();
  const afterCommit: (() => unknown)[] = [];
  let events = new Map<string, MeEvent>();
  const requireTransaction = () => {
    if (handler.mode !== "write") throw new Error(`${handler.operation.name} changes a log outside a transaction.`);
  };
  const announce: Announce = {
    ring: (roomId) => rooms.add(roomId),
    me(personId, change) {
      requireTransaction();
      changes.set(personId, [...(changes.get(personId) ?? []), change]);
    },
    people(organizationId, personIds) {
      requireTransaction();
      people.set(organizationId, [...(people.get(organizationId) ?? []), ...personIds]);
    },
    after: (work) => afterCommit.push(work),
  };
  const request = { receivedAt, actor: caller.actor as Actor, caller, input: input as never };
  const prepared = (await handler.prepare?.(request)) as never;
  const work = async (tx: Tx): Promise<OperationAnswer> => {
    const data = await handler.perform({ ...request, tx, prepared }, announce, refuse);
    events = await touchPeople(tx, changes);
    for (const [organizationId, ids] of people) await touchOrganization(tx, organizationId, ids);
    return { data };
  };
  const done = await inMode(handler.mode, (tx) => (intent ? runOnce(tx, intent, () => work(tx)) : work(tx)));
  for (const [personId, frame] of events)
    announceChange("person", personId, { frame, versions: null, began: receivedAt, isShared: true });
  for (const roomId of rooms) announceChange("room", roomId);
  for (const organizationId of people.keys()) announceChange("organization", organizationId);
  for (const task of afterCommit) await attempt(task);
  return done;
}

function refuse(decision: { ok: true } | { ok: false; code: AppError["code"]; need: string } | null): never {
  // The same error whether something does not exist or must stay hidden from this person.
  if (!decision || decision.ok || decision.code === "not_found") throw new AppError("not_found");
  throw new AppError(decision.code, decision.need);
}

function inMode<T>(mode: Handler["mode"], work: (tx: Tx) => Promise<T>): Promise<T> {
  if (mode === "none") return work(db());
  if (mode === "snapshot") return snapshot(work);
  return db().$transaction(work, { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted });
}

async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= 5 || !isRetryable(error)) throw error;
      log().debug({ tries }, "transaction retried");
    }
  }
}

/** Runs a task after the commit. Its errors are only logged, because the operation has already succeeded. */
async function attempt(task: () => unknown): Promise<void> {
  try {
    await task();
  } catch (error) {
    log().error({ err: String(error) }, "after commit");
  }
}

export function newRequestId(): string {
  return randomUUID().slice(0, 8);
}
