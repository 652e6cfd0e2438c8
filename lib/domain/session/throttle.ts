import { limitKeyOf } from "@/lib/server/address";
import type { Caller } from "@/lib/server/actor";
import { deviceIdOfAccount } from "@/lib/server/cookie";
import { giveOneBack, givePointsBack, takePoint } from "@/lib/server/rate-limit";
import { hashToken } from "@/lib/server/secret";
import type { HashingFor } from "@/lib/server/hashing";

/** One attempt with a password. `device` is the id of the login, or else of a browser that signed in to this account recently. */
interface Attempt {
  email: string;
  address: string;
  device: string | null;
}

// An account allows few attempts from one address, but many from all addresses together. Otherwise a stranger could use them
// up and keep the account's owner out.
const perAddress = { name: "sign-in.address", points: 50, seconds: 60 };
const accountHere = { name: "sign-in.account-here", points: 5, seconds: 60 };
const accountAnywhere = { name: "sign-in.account", points: 100, seconds: 600 };
/** Counts successful attempts. They are not given back, which limits how many logins one account can begin. */
const successes = { name: "sign-in.right", points: 100, seconds: 600 };

/** The limits that an attempt counts towards, with their keys. A recognized browser's attempts count only for itself. */
function countersOf({ email, address, device }: Attempt) {
  // Hashed, so that no e-mail address is stored with the limits.
  const account = hashToken(email);
  if (device !== null) return [{ limit: accountHere, key: `${account} ${device}` }];
  const from = limitKeyOf(address);
  const here =
    from === null
      ? []
      : [
          { limit: perAddress, key: from },
          { limit: accountHere, key: `${account} ${from}` },
        ];
  return [...here, { limit: accountAnywhere, key: account }];
}

/** The asker under which `hashing.ts` queues a password from somebody who is not signed in. */
export const strangerAt = (address: string): HashingFor => ({ isRecognized: false, key: limitKeyOf(address) });

/** `account` is null if no account has this e-mail. `login` is the id of the actor's login, if it belongs to that account. */
interface AttemptFor {
  email: string;
  account: { id: string } | null;
  login?: string;
}

/**
 * The one way to check a password. Counts the attempt, whether or not the account exists, and runs `work`. `work` hashes as
 * the asker it is passed, waits for its turn in doing so, and returns null for a wrong password. Throws `rate_limited` after
 * too many attempts, and what `work` throws: `busy` if too many are waiting. A success gives the attempts back.
 */
export async function tryPassword<T>(
  { address, cookies }: Pick<Caller, "address" | "cookies">,
  { email, account, login }: AttemptFor,
  work: (asker: HashingFor) => Promise<T | null>,
): Promise<T | null> {
  const device = login ?? (account && (await deviceIdOfAccount(cookies, account.id)));
  const counters = countersOf({ email, address, device });
  for (const { limit, key } of counters) await takePoint(limit.name, key, limit);
  const found = await work(device === null ? strangerAt(address) : { isRecognized: true, key: device });
  if (found === null) return null;
  await takePoint(successes.name, hashToken(email), successes);
  await giveAttemptsBack(email, address, device);
  // Only this attempt is given back to the address, which others may share (as in an office).
  for (const { limit, key } of counters) if (limit === perAddress) await giveOneBack(limit.name, key, limit);
  return found;
}

/** Gives back the attempts for an account, once somebody has proved that it is theirs. */
export async function giveAttemptsBack(email: string, address: string, device: string | null = null): Promise<void> {
  const counters = countersOf({ email, address, device }).filter(({ limit }) => limit !== perAddress);
  await Promise.all(counters.map(({ limit, key }) => givePointsBack(limit.name, key, limit)));
}
