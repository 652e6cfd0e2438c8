import { createHmac } from "node:crypto";
import { type Env, env } from "./env";
import { once } from "./once";

export type CookieKind = "session" | "device" | "csrf" | "callback";

/**
 * The name of a cookie. It contains an id of the installation, because browsers ignore the port: two installations on one host
 * would overwrite each other's cookies (decision 0026).
 */
export function cookieName(kind: CookieKind): string {
  return once(`cookie-name:${kind}`, () => cookieNameIn(env(), kind));
}

/** The name that a cookie has on a server with these settings. */
export function cookieNameIn(
  { authSecret, publicUrl }: Pick<Env, "authSecret" | "publicUrl">,
  kind: CookieKind,
): string {
  // Browsers accept a cookie with this prefix only from this exact host, over https.
  const prefix = publicUrl.protocol === "https:" ? "__Host-" : "";
  return `${prefix}parley.${kind}.${installationOf(authSecret)}`;
}

/**
 * The installation's id, derived from the secret. It is the same on every process and after a restart. The secret cannot be
 * computed from it.
 */
function installationOf(authSecret: string): string {
  return createHmac("sha256", authSecret).update("parley: installation in cookie names").digest("hex").slice(0, 10);
}
