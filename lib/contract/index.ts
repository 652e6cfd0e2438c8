import type { z } from "zod";
import { operations } from "@/lib/generated/contract/operations";

/** Every operation there is, by name: whatever `lib/contract/*.ts` exports that was made with `operation()`. */
export { operations };

export type Operations = typeof operations;
export type OperationName = keyof Operations;
/** What a caller writes. */
export type Input<N extends OperationName> = z.input<Operations[N]["input"]> &
  (Operations[N]["repeat"] extends "intent" ? { intentId?: string | undefined } : unknown);
export type Output<N extends OperationName> = z.output<Operations[N]["output"]>;
