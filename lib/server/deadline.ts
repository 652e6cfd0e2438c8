import { limits } from "@/lib/contract/limits";
import { AppError } from "./app-error";

/**
 * How long the client of a request that was received at this time, by `performance.now()`, still waits for the answer, in ms.
 * Afterwards it sends the request again. If the first one were executed then, it could undo what happened in between.
 */
export const remainingMs = (receivedAt: number): number => receivedAt + limits.requestMs - performance.now();

/** The error of a request that is not executed, because its client no longer waits for the answer. */
export const tooLate = (): AppError => new AppError("busy", undefined, undefined, 1_000);
