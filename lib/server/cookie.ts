import { decode, encode } from "next-auth/jwt";
import { cookieName } from "./cookie-name";
import { env } from "./env";
import { once } from "./once";

type Token = Record<string, unknown> & { exp?: number };

/** The login named by the signed token in a Cookie header, or null. Whether it is still good is asked elsewhere. */
export async function sessionIdFrom(header: string | null | undefined): Promise<string | null> {
  return open(header, cookieName("session"), "", ({ sid }) => (typeof sid === "string" ? sid : null));
}

/** Whose the login is that the header names: the account, or the login itself where its token is of an earlier version. */
export async function partyFrom(header: string | null | undefined): Promise<string | null> {
  return open(header, cookieName("session"), "", ({ sid, acc }) => {
    if (typeof acc === "string") return acc;
    return typeof sid === "string" ? sid : null;
  });
}

/** A browser that has signed in: an id of its own and the accounts it signed in to, the latest first. */
interface Device {
  id: string;
  accountIds: string[];
}

const deviceSalt = "parley: a browser that signed in";
const deviceSeconds = 180 * 24 * 3_600;
const accountsOfOneDevice = 5;

async function deviceFrom(header: string | null | undefined): Promise<Device | null> {
  return open(header, cookieName("device"), deviceSalt, ({ did, accounts }) =>
    typeof did === "string" && Array.isArray(accounts) ? { id: did, accountIds: accounts.map(String) } : null,
  );
}

/** The id of the browser that sent this header, when it has signed in lately, to whatever account; else null. */
export async function deviceIdFrom(header: string | null | undefined): Promise<string | null> {
  return (await deviceFrom(header))?.id ?? null;
}

/** The id of the browser that sent this header, when it has signed in to this account lately; else null. */
export async function knownDevice(header: string | null | undefined, accountId: string): Promise<string | null> {
  const device = await deviceFrom(header);
  return device?.accountIds.includes(accountId) ? device.id : null;
}

/** Returns a Set-Cookie header by which this browser is recognized when it next signs in to this account. */
export async function rememberDevice(header: string | null, accountId: string): Promise<string> {
  const device = (await deviceFrom(header)) ?? { id: crypto.randomUUID(), accountIds: [] };
  const others = device.accountIds.filter((id) => id !== accountId);
  const token = await encode({
    token: { did: device.id, accounts: [accountId, ...others].slice(0, accountsOfOneDevice) },
    secret: env().authSecret,
    salt: deviceSalt,
    maxAge: deviceSeconds,
  });
  const secure = env().publicUrl.protocol === "https:" ? "; Secure" : "";
  return `${cookieName("device")}=${token}; Path=/; Max-Age=${deviceSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

const longestPart = 4_000;
/** Of one name; more than one comes from another site of the same domain, or from somebody's hand. */
const triedAtMost = 3;

/** What the first token of this name that is ours says. A name may come twice: what is not ours hides nothing that is. */
async function open<T>(
  header: string | null | undefined,
  name: string,
  salt: string,
  read: (token: Token) => T | null,
): Promise<T | null> {
  const parts = (header?.split(/;\s*/) ?? []).filter((part) => part.startsWith(`${name}=`));
  for (const part of parts.filter(({ length }) => length <= longestPart).slice(0, triedAtMost)) {
    const token = await openToken(part, part.slice(name.length + 1), salt);
    const found = token && read(token);
    if (found) return found;
  }
  return null;
}

const rememberedAtMost = 5_000;
// Opening a token costs more than everything else about a small question. What it says does not change until it expires.
const remembered = () => once("cookies", () => new Map<string, Token>());

async function openToken(part: string, value: string, salt: string): Promise<Token | null> {
  const known = remembered().get(part);
  if (known && (known.exp ?? 0) * 1_000 > Date.now()) return known;
  try {
    const token = await decode({ token: decodeURIComponent(value), secret: env().authSecret, salt });
    if (token) remember(part, token);
    return token;
  } catch {
    return null;
  }
}

function remember(part: string, token: Token): void {
  const all = remembered();
  all.set(part, token);
  for (const oldest of all.keys()) {
    if (all.size <= rememberedAtMost) break;
    all.delete(oldest);
  }
}
