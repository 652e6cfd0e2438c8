import type { z } from "zod";
import type { MeChange } from "@/lib/contract/events";
import type { Operation } from "@/lib/contract/operation";
import type { Decision } from "@/lib/policy/decision";
import { type Actor, actorNow, type Caller } from "./actor";
import { AppError } from "./app-error";
import type { Tx } from "./db";

/** What a handler announces. It is sent after the transaction has committed, and never if it does not. */
export interface Announce {
  /** Something in this room's log changed. */
  ring(roomId: string): void;
  /** Something that only this person sees changed. Moves their own clock. */
  me(personId: string, change: MeChange): void;
  /** Anything else that must wait for the commit. */
  after(work: () => unknown): void;
}

/**
 * How the handler runs: `write` in one transaction, `snapshot` in one in which all reads see the same state, `none` without
 * any. GET operations default to `none`, all others to `write`.
 */
export type Mode = "write" | "snapshot" | "none";

export interface Context<I> {
  tx: Tx;
  /** When the request came, by `performance.now()`. `actor` was read then, or a little later. */
  askedAt: number;
  actor: Actor;
  caller: Caller;
  input: I;
}

export interface Handling<O extends Operation, S> {
  mode?: Mode;
  /** Its own statement checks that the login is valid, so the socket need not check before. */
  provesLogin?: boolean;
  /** It only reads, possibly much, so it takes turns with other readers. The default for GET operations. */
  reads?: boolean;
  /** Finds the subject through the actor, and takes the locks that `run` needs. Null becomes `not_found`. */
  load: (context: Context<z.output<O["input"]>>) => Promise<S | null>;
  allow: (context: { actor: Actor; subject: S; input: z.output<O["input"]> }) => Decision;
  run: (context: Context<z.output<O["input"]>> & { subject: S; announce: Announce }) => Promise<z.output<O["output"]>>;
}

/**
 * After this long since the request, it has waited for a lock or a connection, and the actor may be stale: their login may
 * have ended, or their role changed. The actor is then read again, which needs no wait, because the locks are held.
 */
const staleAfterMs = 50;

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
      if (this.mode === "write" && typed.actor && performance.now() - typed.askedAt > staleAfterMs) {
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
