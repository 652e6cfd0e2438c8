import type { IncomingMessage } from "node:http";
import { env } from "./env";

/** Whether the page that asks is ours. A missing or `null` Origin is not. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!origin || origin === "null") return false;
  try {
    const { protocol, host: from } = new URL(origin);
    if (protocol !== "http:" && protocol !== "https:") return false;
    const { publicUrl, publicUrlGiven } = env();
    // Told where it is found, the server lets in nothing else; not told, the address that the browser itself used.
    return publicUrlGiven ? origin === publicUrl.origin : from === host;
  } catch {
    return false;
  }
}

/** Whether a request may change something. */
export function changes({ method = "GET" }: IncomingMessage): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH" || method === "DELETE";
}

/**
 * Why a request that may change something is refused before anything reads it, or null. A browser
 * names its origin on every such request; a program without a cookie has nobody's login to misuse.
 */
export function refusesOrigin(request: IncomingMessage): boolean {
  if (!changes(request)) return false;
  const { origin, cookie } = request.headers;
  return origin === undefined ? cookie !== undefined : !isOwnOrigin(request);
}
