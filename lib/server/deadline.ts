import { limits } from "@/lib/contract/limits";
import { AppError } from "./app-error";

/**
 * How much longer, in ms, a client waits for the answer to a request received at `receivedAt` (by `performance.now()`). After
 * that the client sends the request again. If the first request still ran then, it could undo newer changes.
 */
export const remainingMs = (receivedAt: number): number => receivedAt + limits.requestMs - performance.now();

/** The error of a request that is not executed, because its client no longer waits for the answer. */
export const tooLate = (): AppError => new AppError("busy", undefined, undefined, 1_000);
