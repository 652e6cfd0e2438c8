import { createHmac } from "node:crypto";
import { type Env, env } from "./env";
import { once } from "./once";

export type CookieKind = "session" | "device" | "csrf" | "callback";

/**
 * Every cookie's name is made here. A browser keeps cookies by host, whatever the port, so a name carries its
 * installation: two Parleys on one host must not overwrite each other's (decision 0026).
 */
export function cookieName(kind: CookieKind): string {
  return once(`cookie-name:${kind}`, () => cookieNameIn(env(), kind));
}

/** The same for a server with these settings. */
export function cookieNameIn(
  { authSecret, publicUrl }: Pick<Env, "authSecret" | "publicUrl">,
  kind: CookieKind,
): string {
  // Over https the browser itself guarantees that a cookie with this prefix came from this very host.
  const prefix = publicUrl.protocol === "https:" ? "__Host-" : "";
  return `${prefix}parley.${kind}.${installationOf(authSecret)}`;
}

/** The same on every process and after every restart, and no way back to the secret. */
function installationOf(authSecret: string): string {
  return createHmac("sha256", authSecret).update("parley: installation in cookie names").digest("hex").slice(0, 10);
}
