import { inject } from "vitest";
import type { SharedServer } from "./server";

/**
 * The server of all files that neither need settings of their own nor stop the server, read its output or measure its process.
 * Starting one costs two to three seconds of CPU.
 */
export const sharedServer = (): SharedServer => inject("server");
