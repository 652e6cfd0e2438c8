import type { IncomingMessage } from "node:http";
import { env } from "./env";
import { isOwnHost } from "./host";

/** Whether the page that asks is ours. A missing or `null` Origin is not. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!origin || origin === "null" || !isOwnHost(host)) return false;
  const { publicUrl, publicUrlGiven } = env();
  // Told where it is found, the server lets in nothing else; not told, the address that the browser itself used.
  const own = publicUrlGiven ? publicUrl.origin : URL.canParse(`http://${host}`) && new URL(`http://${host}`).origin;
  return origin === own;
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
 * checks do: a cookie does not come with it.
 */
export function refusesHost(request: IncomingMessage): boolean {
  const { url = "/", headers } = request;
  const matters = !env().publicUrlGiven || changes(request) || url.startsWith("/api/auth/");
  return matters && !isOwnHost(headers.host);
}
