import type { z } from "zod";
import type { MeChange } from "@/lib/contract/home";
import type { Operation } from "@/lib/contract/operation";
import type { Decision } from "@/lib/policy/decision";
import { type Actor, findActorIn, type Caller } from "./actor";
import { AppError } from "./app-error";
import type { AuditNote } from "./audit";
import { remainingMs, tooLate } from "./deadline";
import type { Prisma, Tx } from "./db";

/** What decides whether and as whom a person may sign in. */
export type AccessChanges = Pick<Prisma.PersonUpdateInput, "role" | "deactivatedAt" | "endsAt">;

/**
 * Collects what a handler changed. It is sent once the transaction has committed, and dropped if the transaction fails.
 */
export interface Announce {
  /** Call it if the room's log changed. Its subscribers are sent the change. */
  room(roomId: string): void;
  /**
   * A change that only this person receives, as a `me` event. The person's own clock is incremented. Without a change it says that
   * a page of theirs has changed that no event describes, such as a request to join.
   */
  me(personId: string, change?: MeChange): void;
  /** People of an organization who are new or have changed. The organization's clock is incremented. */
  people(organizationId: string, personIds: string[]): void;
  /**
   * Groups of an organization that are new or have changed, or none: then only what people can find in it has changed. The
   * organization's clock is incremented.
   */
  organization(organizationId: string, groupIds?: string[]): void;
  /**
   * Changes what someone may do in their organization. It is written at the end of the transaction, because a person's row is
   * locked after rooms and logs.
   */
  person(organizationId: string, personId: string, changes: AccessChanges): void;
  /**
   * An administrative act, of which open settings pages hear. The organization's clock is incremented. `execute` calls it for every
   * act that is written to the audit log.
   */
  administration(organizationId: string): void;
  /** Call this when the organization itself has changed, after incrementing the clock of its log. */
  organizationLog(organizationId: string): void;
  /** Anything else that must wait for the commit. */
  after(task: () => unknown): void;
}

/**
 * How the handler runs: `write` in one transaction, `snapshot` in one in which all reads see the same state, `none` without
 * any. GET operations default to `none`, all others to `write`.
 */
export type Mode = "write" | "snapshot" | "none";

/** Writes an entry into the audit log, at the end of the transaction. The operation's definition declares its subject. */
export type Audit = (note: AuditNote) => void;

export interface Context<I, P = unknown> {
  /** In mode `none` it is the client of the database, without a transaction. */
  tx: Tx;
  /** When the request was received, by `performance.now()`. `actor` was read then, or a little later. */
  receivedAt: number;
  actor: Actor;
  caller: Caller;
  input: I;
  /** The result of `prepare`. */
  prepared: P;
}

export interface Handling<O extends Operation, S, P> {
  mode?: Mode;
  /** The handler's own query checks that the session is valid. The check before each request from a socket is skipped. */
  checksSession?: boolean;
  /** The operation only reads, so it waits for one of the database connections that readers may use. Default: true for GET. */
  reads?: boolean;
  /** Runs before the transaction. For what takes long, such as a password hash: no connection and no lock waits for it. */
  prepare?: (context: Omit<Context<z.output<O["input"]>>, "tx" | "prepared">) => Promise<P>;
  /** Reads what `allow` decides about, and takes the locks that `run` needs. Null becomes `not_found`. */
  load: (context: Context<z.output<O["input"]>>) => Promise<S | null>;
  allow: (context: { actor: Actor; subject: S; input: z.output<O["input"]> }) => Decision;
  run: (
    context: Context<z.output<O["input"]>, P> & { subject: S; announce: Announce; audit: Audit },
  ) => Promise<z.output<O["output"]>>;
}

/**
 * If a write has its subject only this long after it was received, it probably waited for a lock or a connection. Meanwhile the
 * session may have ended, or the role may have changed. So the actor and the subject are read again, under the locks that the
 * first `load` took.
 */
const staleAfterMs = 50;

/** The implementation of an operation. Each operation has one. */
export interface Handler<O extends Operation = Operation> {
  operation: O;
  mode: Mode;
  checksSession: boolean;
  reads: boolean;
  prepare?: ((context: Omit<Context<never>, "tx" | "prepared">) => Promise<unknown>) | undefined;
  /** Runs `load`, `allow` and `run`. The caller opens the transaction that `mode` asks for. */
  perform: (
    context: Context<never, never>,
    effects: { announce: Announce; audit: Audit },
    refuse: (decision: Decision | null) => never,
  ) => Promise<unknown>;
}

export function handle<O extends Operation, S, P = undefined>(
  operation: O,
  { mode, checksSession = false, reads, prepare, load, allow, run }: Handling<O, S, P>,
): Handler<O> {
  const isGet = operation.http.startsWith("GET");
  return {
    operation,
    mode: mode ?? (isGet ? "none" : "write"),
    checksSession,
    reads: reads ?? isGet,
    prepare,
    async perform(context, effects, refuse) {
      let typedContext = context as unknown as Context<z.output<O["input"]>, P>;
      let subject = await load(typedContext);
      // There is no actor if the operation is open to callers who are not signed in.
      if (this.mode === "write" && typedContext.actor && performance.now() - typedContext.receivedAt > staleAfterMs) {
        const actor = await findActorIn(typedContext.tx, typedContext.actor.sessionId);
        if (!actor) throw new AppError("unauthenticated");
        typedContext = { ...typedContext, actor };
        subject = await load(typedContext);
      }
      if (this.mode === "write" && remainingMs(typedContext.receivedAt) <= 0) throw tooLate();
      if (subject === null) return refuse(null);
      const decision = allow({ actor: typedContext.actor, subject, input: typedContext.input });
      if (!decision.ok) return refuse(decision);
      return run({ ...typedContext, subject, ...effects });
    },
  };
}
