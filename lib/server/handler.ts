import type { z } from "zod";
import type { MeChange } from "@/lib/contract/home";
import type { Operation } from "@/lib/contract/operation";
import type { Decision } from "@/lib/policy/decision";
import { type Actor, findActorIn, type Caller } from "./actor";
import { AppError } from "./app-error";
import type { AuditNote } from "./audit";
import { remainingMs, tooLate } from "./deadline";
import type { Prisma, Tx } from "./db";

/** The fields that decide whether a person may sign in, and with which role. */
export type AccessChanges = Pick<Prisma.PersonUpdateInput, "role" | "deactivatedAt" | "endsAt" | "leftAt">;

/** Announces what a handler changed. The announcements are sent after the transaction's commit, and dropped if it fails. */
export interface Announce {
  /** Call it if a room's log changed. The change is sent to the log's subscribers. */
  room(roomId: string): void;
  /**
   * Increments a person's clock, and sends them a `me` event that nobody else receives. Leave `change` out if no kind of change
   * fits, as for their requests to join. Their open pages then load again.
   */
  me(personId: string, change?: MeChange): void;
  /** Call it with people who are new or have changed. Increments the organization's clock. */
  people(organizationId: string, personIds: string[]): void;
  /**
   * Call it with groups that are new or have changed. Leave them out if only the list of rooms that people can find has changed.
   * Increments the organization's clock.
   */
  organization(organizationId: string, groupIds?: string[]): void;
  /**
   * Changes a person's role or access. The change is written at the end of the transaction, because people's rows are locked
   * after rooms and logs.
   */
  person(organizationId: string, personId: string, changes: AccessChanges): void;
  /**
   * Call it after an administrative act, so that open settings pages load their data again. `execute` calls it for every act that
   * is written to the audit log. Increments the organization's clock.
   */
  administration(organizationId: string): void;
  /** Call it when the organization itself has changed and the transaction has already incremented its clock. */
  organizationLog(organizationId: string): void;
  /** Anything else that must wait for the commit. */
  after(task: () => unknown): void;
}

/**
 * How the handler runs: `write` in one transaction, `snapshot` in a transaction whose reads all see the same state, `none`
 * without a transaction. GET operations default to `none`, all others to `write`.
 */
export type Mode = "write" | "snapshot" | "none";

/** Writes an entry into the audit log, at the end of the transaction. The operation's definition declares its subject. */
export type Audit = (note: AuditNote) => void;

export interface Context<I, P = unknown> {
  /** In mode `none`, the Prisma client without a transaction. */
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
  /** The handler's own query checks that the session is valid. So the check before each request from a socket is skipped. */
  checksSession?: boolean;
  /** The operation only reads, so it waits for one of the database connections that readers may use. Default: true for GET. */
  reads?: boolean;
  /** Runs before the transaction. Use it for slow work, such as hashing a password: it holds no connection and no lock. */
  prepare?: (context: Omit<Context<z.output<O["input"]>>, "tx" | "prepared">) => Promise<P>;
  /** Reads what `allow` decides about, and takes the locks that `run` needs. Null becomes `not_found`. */
  load: (context: Context<z.output<O["input"]>>) => Promise<S | null>;
  allow: (context: { actor: Actor; subject: S; input: z.output<O["input"]> }) => Decision;
  run: (
    context: Context<z.output<O["input"]>, P> & { subject: S; announce: Announce; audit: Audit },
  ) => Promise<z.output<O["output"]>>;
}

/**
 * Milliseconds from receiving a write to the end of its `load`. A write that took longer probably waited for a lock or a
 * connection. Meanwhile the session may have ended, or the role may have changed. So the actor and the subject are read again,
 * under the locks that the first `load` took.
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
