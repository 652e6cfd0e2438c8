import type { IncomingMessage } from "node:http";
import { env } from "./env";
import { isOwnHost } from "./host";

/** Whether a request comes from one of our pages. A missing or `null` Origin does not. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!origin || origin === "null") return false;
  const { publicUrl, publicUrlGiven } = env();
  // With PUBLIC_URL, only its origin is accepted. The Host is not compared, because a proxy may change it, and no page can forge
  // its Origin. Without PUBLIC_URL, the Origin must match the Host, and the Host must be one of our names.
  if (publicUrlGiven) return origin === publicUrl.origin;
  return isOwnHost(host) && URL.canParse(`http://${host}`) && origin === new URL(`http://${host}`).origin;
}

/** Whether a request's method may change something. */
export function mayChange({ method = "GET" }: IncomingMessage): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH" || method === "DELETE";
}

/**
 * Whether a request must be refused because another site may have sent it through a person's browser. Browsers send an Origin
 * with every request that may change something. A program without cookies has no session to misuse.
 */
export function refusesOrigin(request: IncomingMessage): boolean {
  if (!mayChange(request)) return false;
  const { origin, cookie } = request.headers;
  return origin === undefined ? cookie !== undefined : !isOwnOrigin(request);
}

/**
 * Whether a request must be refused because its Host is not ours. With PUBLIC_URL, reads may have any Host, because health checks
 * do. Writes from our own pages may, too, because some proxies change the Host.
 */
export function refusesHost(request: IncomingMessage): boolean {
  if (isOwnHost(request.headers.host)) return false;
  return !env().publicUrlGiven || (mayChange(request) && !isOwnOrigin(request));
}
