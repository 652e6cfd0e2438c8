import type { z } from "zod";
import { operations } from "@/lib/generated/contract/operations";

/** Every operation by name: all exports of `lib/contract/*.ts` made with `operation()`. */
export { operations };

export type Operations = typeof operations;
export type OperationName = keyof Operations;
/** An operation's input as a caller writes it, where fields with a default are optional. */
export type Input<N extends OperationName> = z.input<Operations[N]["input"]> &
  (Operations[N]["repeat"] extends "intent" ? { intentId?: string | undefined } : unknown);
export type Output<N extends OperationName> = z.output<Operations[N]["output"]>;
