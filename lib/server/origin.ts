import type { IncomingMessage } from "node:http";
import { env } from "./env";
import { isOwnHost } from "./host";

/** Whether the page that asks is ours. A missing or `null` Origin is not. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!origin || origin === "null") return false;
  const { publicUrl, publicUrlGiven } = env();
  // Told where it is found, the server lets in nothing else. A browser does not let a page write its origin, so a proxy
  // may name another host. Not told, it believes the address that the browser used, if that is one of ours.
  if (publicUrlGiven) return origin === publicUrl.origin;
  return isOwnHost(host) && URL.canParse(`http://${host}`) && origin === new URL(`http://${host}`).origin;
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

/**
 * Whether a request was sent to a name that is not ours. With PUBLIC_URL, what only reads may come by any name, as health
 * checks do, and what comes from our own page too: not every proxy hands on the name that the browser used.
 */
export function refusesHost(request: IncomingMessage): boolean {
  if (isOwnHost(request.headers.host)) return false;
  return !env().publicUrlGiven || (changes(request) && !isOwnOrigin(request));
}
