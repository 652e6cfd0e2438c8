import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Answer } from "@/lib/contract/errors";
import type { MeChange, MeEvent } from "@/lib/contract/events";
import type { Operation } from "@/lib/contract/operation";
import type { Actor, Caller } from "./actor";
import { limitKeyOf } from "./address";
import { AppError, toFailure } from "./app-error";
import { db, isRetryable, Prisma, snapshot, type Tx } from "./db";
import { env } from "./env";
import type { Announce, Handler } from "./handler";
import { type Done, doOnce, intentIn } from "./intents";
import { log } from "./log";
import { once } from "./once";
import { wellFormed } from "./well-formed";
import { takePoint } from "./rate-limit";
import { sendMe } from "./personal";
import { ring } from "./realtime";
import { makeTurns } from "./turns";

/**
 * Answers one request: takes a point from the limit, parses, reads the actor again, then loads, allows, runs, commits and
 * announces. REST, sockets and the server's own pages all call it. Never throws.
 */
export async function execute<O extends Operation>(
  handler: Handler<O>,
  caller: Caller,
  raw: unknown,
): Promise<Answer<z.output<O["output"]>>> {
  const { operation } = handler;
  const askedAt = performance.now();
  try {
    if (operation.access === "member" && !caller.actor) throw new AppError("unauthenticated");
    // No key, no limit: if addresses identify nobody, callers who are not signed in must not share one limit.
    const key = caller.actor?.personId ?? limitKeyOf(caller.address);
    if (key !== null) await takePoint(operation.name, key, operation.limit);
    const input = operation.input.parse(wellFormed(raw));
    const proven = caller.prove ? { ...caller, actor: await caller.prove() } : caller;
    if (operation.access === "member" && !proven.actor) throw new AppError("unauthenticated");
    const work = () => withRetries(() => perform(handler, proven, input, askedAt));
    const done = handler.reads ? await asReader(key, work) : await work();
    return { ok: true, ...(done as Done & { data: z.output<O["output"]> }) };
  } catch (error) {
    return { ok: false, error: toFailure(error, caller.requestId) };
  }
}

/** The share of the database connections that readers may use. The rest is for writes and for pulls. */
const shareOfReaders = 0.4;
const readersWaiting = { ofOne: 64, ofAll: 5_000 };

/** Readers take turns, person by person, so that a few who read much do not occupy the database. */
async function asReader<T>(key: string | null, work: () => Promise<T>): Promise<T> {
  const turns = once("readers", () => {
    const { poolSize, limitFactor } = env();
    const atOnce = Math.max(1, Math.round(poolSize * shareOfReaders));
    return makeTurns({ atOnce, ofOne: readersWaiting.ofOne * limitFactor, ofAll: readersWaiting.ofAll * limitFactor });
  });
  const end = await turns.take({ key });
  try {
    return await work();
  } finally {
    end();
  }
}

async function perform(handler: Handler, caller: Caller, parsed: object, askedAt: number): Promise<Done> {
  const { input, intent } = intentIn(handler.operation, caller.actor, parsed);
  const rooms = new Set<string>();
  const changes = new Map<string, MeChange[]>();
  const afterCommit: (() => unknown)[] = [];
  let events = new Map<string, MeEvent>();
  const announce: Announce = {
    ring: (roomId) => rooms.add(roomId),
    me: (personId, change) => changes.set(personId, [...(changes.get(personId) ?? []), change]),
    after: (work) => afterCommit.push(work),
  };
  const work = async (tx: Tx): Promise<Done> => {
    const context = { tx, askedAt, actor: caller.actor as Actor, caller, input: input as never };
    const data = await handler.perform(context, announce, refuse);
    events = await tickClocks(tx, changes);
    return { data };
  };
  const done = await inMode(handler.mode, (tx) => (intent ? doOnce(tx, intent, () => work(tx)) : work(tx)));
  await Promise.all([...events].map(([personId, event]) => attempt(() => sendMe(personId, event))));
  for (const roomId of rooms) ring(roomId);
  for (const task of afterCommit) await attempt(task);
  return done;
}

function refuse(decision: { ok: true } | { ok: false; code: AppError["code"]; need: string } | null): never {
  // Something that the person may not know of looks the same as something that does not exist.
  if (!decision || decision.ok || decision.code === "not_found") throw new AppError("not_found");
  throw new AppError(decision.code, decision.need);
}

function inMode<T>(mode: Handler["mode"], work: (tx: Tx) => Promise<T>): Promise<T> {
  if (mode === "none") return work(db());
  if (mode === "snapshot") return snapshot(work);
  return db().$transaction(work, { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted });
}

/** Moves each person's own clock once. Rows are locked in the order of their ids, which prevents deadlocks. */
async function tickClocks(tx: Tx, changes: Map<string, MeChange[]>): Promise<Map<string, MeEvent>> {
  if (changes.size === 0) return new Map();
  const ids = [...changes.keys()].toSorted();
  const rows = await tx.$queryRaw<{ id: string; clock: number }[]>`
    UPDATE "Person" p SET clock = p.clock + 1
    FROM (SELECT id FROM "Person" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE) locked
    WHERE p.id = locked.id RETURNING p.id, p.clock`;
  return new Map(rows.map(({ id, clock }) => [id, { clock, changes: changes.get(id) ?? [] }]));
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

/** Logs errors: a failure after the commit must not make the operation fail. */
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
