import { decode } from "next-auth/jwt";
import { env } from "./env";
import { once } from "./once";

/** Over https the browser itself guarantees that the cookie came from this very host. */
export function cookieName(): string {
  return env().publicUrl.protocol === "https:" ? "__Host-parley.session" : "parley.session";
}

/** The login named by the signed token in a Cookie header, or null. Whether it is still good is asked elsewhere. */
export async function sessionIdFrom(cookieHeader: string | null | undefined): Promise<string | null> {
  const name = `${cookieName()}=`;
  const found = cookieHeader?.split(/;\s*/).find((part) => part.startsWith(name));
  if (!found || found.length > 4_000) return null;
  const known = remembered().get(found);
  if (known && known.until > Date.now()) return known.sessionId;
  try {
    const token = await decode({ token: decodeURIComponent(found.slice(name.length)), secret: env().authSecret });
    if (typeof token?.sid !== "string") return null;
    remember(found, { sessionId: token.sid, until: Number(token.exp ?? 0) * 1_000 });
    return token.sid;
  } catch {
    return null;
  }
}

const rememberedAtMost = 5_000;
// Opening a token costs more than everything else about a small question. What it says does not change until it expires.
const remembered = () => once("cookies", () => new Map<string, { sessionId: string; until: number }>());

function remember(cookie: string, token: { sessionId: string; until: number }): void {
  const all = remembered();
  all.set(cookie, token);
  for (const oldest of all.keys()) {
    if (all.size <= rememberedAtMost) break;
    all.delete(oldest);
  }
}
