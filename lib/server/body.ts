import { IncomingMessage } from "node:http";
import { limits } from "@/lib/contract/limits";
import { AppError } from "./app-error";
import { env } from "./env";
import { once } from "./once";

/** Bytes that the bodies of all requests together may take in this process. */
const maxHeldBytes = 64 * 1024 * 1024;

/** The fewest bytes that must arrive in each `patienceMs`. A slower request fails, so that it does not hold memory for ever. */
const minBytesPerInterval = 4_096;

const held = () => once("bodies", () => ({ bytes: 0 }));

/** Bytes of bodies whose requests are not answered yet. */
export function heldBytes(): number {
  return held().bytes;
}

/** Whether the request has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/**
 * Receives the whole body. Resolves to a copy of the request with this body, so that handlers need no limits of their own and
 * never see half a body. Throws `too_large` if the body exceeds the limit, `busy` if this process holds too many bytes, and
 * `invalid_input` if the client is too slow or aborts. Call `release` when the request is answered.
 */
export async function withWholeBody(
  request: IncomingMessage,
): Promise<{ request: IncomingMessage; release: () => void }> {
  if (Number(request.headers["content-length"] ?? 0) > limits.body) throw new AppError("too_large");
  const chunks: Buffer[] = [];
  let bytes = 0;
  const release = () => {
    held().bytes -= bytes;
    bytes = 0;
  };
  let progressTimer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      let bytesAtLastCheck = 0;
      progressTimer = setInterval(() => {
        if (bytes - bytesAtLastCheck < minBytesPerInterval)
          reject(new AppError("invalid_input", "The request arrived too slowly."));
        bytesAtLastCheck = bytes;
      }, env().patienceMs);
      request.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        held().bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > limits.body) reject(new AppError("too_large"));
        else if (held().bytes > maxHeldBytes) reject(new AppError("busy", undefined, undefined, 2_000));
      });
      request.once("end", resolve);
      request.once("error", () => reject(aborted()));
      request.once("close", () => reject(aborted()));
    });
  } catch (error) {
    request.removeAllListeners("data");
    release();
    throw error;
  } finally {
    clearInterval(progressTimer);
  }
  return { request: copyWith(request, Buffer.concat(chunks)), release };
}

const aborted = () => new AppError("invalid_input", "The request was cut off.");

/** A copy of the request with this body, which has not been read yet. */
function copyWith(request: IncomingMessage, body: Buffer): IncomingMessage {
  const copy = new IncomingMessage(request.socket);
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  Object.assign(copy, { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor });
  copy.complete = true;
  copy.push(body);
  copy.push(null);
  return copy;
}
