import { type CookieKind, cookieName } from "./cookie-name";
import { env } from "./env";
import { readPreviousToken } from "./previous-token";
import { tokenSigner, type TokenPurpose } from "./signed-token";

/** A browser's login and the account that it belongs to, as in the session cookie. */
export interface LoginCookie {
  loginId: string;
  accountId: string;
}

/** The value of a session cookie. It does not show whether the login has ended; only the database does. */
export function loginToken({ loginId, accountId }: LoginCookie, lifeSeconds: number): string {
  return tokenSigner("session").sign([loginId, accountId], lifeSeconds);
}

/** Parses the value of a session cookie. Null if it is not valid. */
export async function parseLoginToken(token: string): Promise<LoginCookie | null> {
  return toLoginCookie(await readToken(token, "session"));
}

/** The login named by the session cookie in a Cookie header; null without a valid cookie. */
export async function loginFrom(header: string | null | undefined): Promise<LoginCookie | null> {
  return toLoginCookie(await readCookie(header, "session"));
}

function toLoginCookie(ids: string[] | null): LoginCookie | null {
  const [loginId, accountId] = ids ?? [];
  return loginId && accountId ? { loginId, accountId } : null;
}

/** A browser in which a person signed in: its own id, and the accounts that signed in there, the latest first. */
interface Device {
  id: string;
  accountIds: string[];
}

const deviceSeconds = 180 * 24 * 3_600;
const maxAccountsPerDevice = 5;

async function deviceFrom(header: string | null | undefined): Promise<Device | null> {
  const [id, ...accountIds] = (await readCookie(header, "device")) ?? [];
  return id ? { id, accountIds } : null;
}

/** The id of the browser that sent this header, if any account signed in there in the last 180 days; else null. */
export async function deviceIdFrom(header: string | null | undefined): Promise<string | null> {
  return (await deviceFrom(header))?.id ?? null;
}

/** The id of the browser that sent this header, if this account is among the last five that signed in there; else null. */
export async function deviceIdOfAccount(header: string | null | undefined, accountId: string): Promise<string | null> {
  const device = await deviceFrom(header);
  return device?.accountIds.includes(accountId) ? device.id : null;
}

/** Returns a Set-Cookie header by which this browser is recognized when it next signs in to this account. */
export async function rememberDevice(header: string | null, accountId: string): Promise<string> {
  const device = (await deviceFrom(header)) ?? { id: crypto.randomUUID(), accountIds: [] };
  const others = device.accountIds.filter((id) => id !== accountId);
  const accountIds = [accountId, ...others].slice(0, maxAccountsPerDevice);
  const token = tokenSigner("device").sign([device.id, ...accountIds], deviceSeconds);
  const secure = env().publicUrl.protocol === "https:" ? "; Secure" : "";
  return `${cookieName("device")}=${token}; Path=/; Max-Age=${deviceSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

const maxCookieLength = 4_000;
/**
 * How many cookies of the same name are tried. There is more than one only if another site on the domain, or an attacker, set
 * one.
 */
const maxTried = 3;

/** The ids in the first valid cookie of this kind. An invalid cookie of the same name must not hide a valid one. */
async function readCookie(
  header: string | null | undefined,
  kind: CookieKind & TokenPurpose,
): Promise<string[] | null> {
  const start = `${cookieName(kind)}=`;
  const cookies = (header?.split(/;\s*/) ?? []).filter(
    (each) => each.startsWith(start) && each.length <= maxCookieLength,
  );
  for (const cookie of cookies.slice(0, maxTried)) {
    const ids = await readToken(cookie.slice(start.length), kind);
    if (ids) return ids;
  }
  return null;
}

async function readToken(token: string, purpose: TokenPurpose): Promise<string[] | null> {
  return tokenSigner(purpose).read(token) ?? readPreviousToken(token, purpose);
}
