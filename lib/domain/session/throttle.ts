import { limitKeyOf } from "@/lib/server/address";
import type { Caller } from "@/lib/server/actor";
import { deviceIdOfAccount } from "@/lib/server/cookie";
import { giveOneBack, givePointsBack, takePoint } from "@/lib/server/rate-limit";
import { hashToken } from "@/lib/server/secret";
import type { HashCaller } from "@/lib/server/hashing";

/**
 * One attempt with a password. For a recognized browser, `device` is the id of its session, or the id of the browser if someone
 * recently signed in to this account there. Otherwise it is null.
 */
interface Attempt {
  email: string;
  address: string;
  device: string | null;
}

// An account allows few attempts from one address, but many from all addresses together. If few were allowed from all
// addresses, a stranger could use them up and keep the account's owner out.
const perAddress = { name: "sign-in.address", points: 50, seconds: 60 };
const accountFromAddress = { name: "sign-in.account-here", points: 5, seconds: 60 };
const accountAnywhere = { name: "sign-in.account", points: 100, seconds: 600 };
/** Limits successful attempts, and so how often one account can begin a session. */
const successes = { name: "sign-in.right", points: 100, seconds: 600 };

/** The limits that an attempt counts towards, with their keys. For a recognized browser, only a limit of its own applies. */
function countersOf({ email, address, device }: Attempt) {
  // Hashed, so that no email is stored with the limits.
  const account = hashToken(email);
  if (device !== null) return [{ limit: accountFromAddress, key: `${account} ${device}` }];
  const addressKey = limitKeyOf(address);
  const addressCounters =
    addressKey === null
      ? []
      : [
          { limit: perAddress, key: addressKey },
          { limit: accountFromAddress, key: `${account} ${addressKey}` },
        ];
  return [...addressCounters, { limit: accountAnywhere, key: account }];
}

/** The hash queue for passwords from an address, unless they come from a recognized browser. */
export const hashQueueOfAddress = (address: string): HashCaller => ({ isRecognized: false, key: limitKeyOf(address) });

/** `account` is null if no account has this email. `sessionId` is the caller's session, if they are signed in to the account. */
interface Credentials {
  email: string;
  account: { id: string } | null;
  sessionId?: string;
}

/**
 * Every check of a password goes through here. Counts the attempt, whether or not the account exists. Runs `verify`, which hashes
 * the password and returns null if it is wrong. If it is right, earlier attempts on this account no longer count. Throws
 * `rate_limited` after too many attempts, and any error of `verify`, such as `busy`.
 */
export async function tryPassword<T>(
  { address, cookies }: Pick<Caller, "address" | "cookies">,
  { email, account, sessionId }: Credentials,
  verify: (hashQueue: HashCaller) => Promise<T | null>,
): Promise<T | null> {
  const device = sessionId ?? (account && (await deviceIdOfAccount(cookies, account.id)));
  const counters = countersOf({ email, address, device });
  for (const { limit, key } of counters) await takePoint(limit.name, key, limit);
  const result = await verify(device === null ? hashQueueOfAddress(address) : { isRecognized: true, key: device });
  if (result === null) return null;
  await takePoint(successes.name, hashToken(email), successes);
  await giveAttemptsBack(email, address, device);
  // The address gets back only this attempt, because others may share the address, as in an office.
  for (const { limit, key } of counters) if (limit === perAddress) await giveOneBack(limit.name, key, limit);
  return result;
}

/** Gives back the attempts on an account after its owner has proved who they are. */
export async function giveAttemptsBack(email: string, address: string, device: string | null = null): Promise<void> {
  const counters = countersOf({ email, address, device }).filter(({ limit }) => limit !== perAddress);
  await Promise.all(counters.map(({ limit, key }) => givePointsBack(limit.name, key, limit)));
}
