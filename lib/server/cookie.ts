import { decode } from "next-auth/jwt";
import { env } from "./env";

/** Over https the browser itself guarantees that the cookie came from this very host. */
export function cookieName(): string {
  return env().publicUrl.protocol === "https:" ? "__Host-parley.session" : "parley.session";
}

/** The login named by the signed token in a Cookie header, or null. Whether it is still good is asked elsewhere. */
export async function sessionIdFrom(cookieHeader: string | null | undefined): Promise<string | null> {
  const name = `${cookieName()}=`;
  const found = cookieHeader?.split(/;\s*/).find((part) => part.startsWith(name));
  if (!found || found.length > 4_000) return null;
  try {
    const token = await decode({ token: decodeURIComponent(found.slice(name.length)), secret: env().authSecret });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    return null;
  }
}
