import type { z } from "zod";
import type { MeChange } from "@/lib/contract/events";
import type { Operation } from "@/lib/contract/operation";
import type { Decision } from "@/lib/policy/decision";
import { type Actor, actorNow, type Caller } from "./actor";
import { AppError } from "./app-error";
import type { Tx } from "./db";

/** What a handler announces. Nothing leaves before the transaction has committed, and nothing leaves if it does not. */
export interface Announce {
  /** Something in this room's log changed. */
  ring(roomId: string): void;
  /** Something that concerns only this person changed. Takes a tick of their own clock. */
  me(personId: string, change: MeChange): void;
  /** Anything else that must wait for the commit. */
  after(work: () => unknown): void;
}

/**
 * How the handler runs: `write` in one transaction, `snapshot` in one read-only transaction that sees one
 * moment, `none` without any. GET operations default to `none`, all others to `write`.
 */
export type Mode = "write" | "snapshot" | "none";

export interface Context<I> {
  tx: Tx;
  /** When it was asked, by `performance.now()`: `actor` is as old. */
  askedAt: number;
  actor: Actor;
  caller: Caller;
  input: I;
}

export interface Handling<O extends Operation, S> {
  mode?: Mode;
  /** Its own statement proves that the login is good: the socket need not ask beforehand. */
  provesLogin?: boolean;
  /** It only reads, and may read much: readers take turns for the database. GET operations do. */
  reads?: boolean;
  /** Finds what it is about, through the person who asks; null is `not_found`. Takes the locks that `run` needs. */
  load: (context: Context<z.output<O["input"]>>) => Promise<S | null>;
  allow: (context: { actor: Actor; subject: S; input: z.output<O["input"]> }) => Decision;
  run: (context: Context<z.output<O["input"]>> & { subject: S; announce: Announce }) => Promise<z.output<O["output"]>>;
}

/**
 * What takes longer has waited, for a lock or a connection, and who asks may not be signed in any more, or not be what
 * they were. The locks are held by then: looking again waits for nothing.
 */
const waitedMs = 50;

/** The one implementation of an operation. */
export interface Handler<O extends Operation = Operation> {
  operation: O;
  mode: Mode;
  provesLogin: boolean;
  reads: boolean;
  /** `load`, `allow` and `run` in that order, on an open transaction. */
  perform: (
    context: Context<never>,
    announce: Announce,
    refuse: (decision: Decision | null) => never,
  ) => Promise<unknown>;
}

export function handle<O extends Operation, S>(
  operation: O,
  { mode, provesLogin = false, reads, load, allow, run }: Handling<O, S>,
): Handler<O> {
  const isGet = operation.http.startsWith("GET");
  return {
    operation,
    mode: mode ?? (isGet ? "none" : "write"),
    provesLogin,
    reads: reads ?? isGet,
    async perform(context, announce, refuse) {
      let typed = context as unknown as Context<z.output<O["input"]>>;
      let subject = await load(typed);
      if (this.mode === "write" && typed.actor && performance.now() - typed.askedAt > waitedMs) {
        const actor = await actorNow(typed.tx, typed.actor.sessionId);
        if (!actor) throw new AppError("unauthenticated");
        typed = { ...typed, actor };
        subject = await load(typed);
      }
      if (subject === null) return refuse(null);
      const decision = allow({ actor: typed.actor, subject, input: typed.input });
      if (!decision.ok) return refuse(decision);
      return run({ ...typed, subject, announce });
    },
  };
}
