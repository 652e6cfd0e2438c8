import { limitKeyOf } from "@/lib/server/address";
import type { Caller } from "@/lib/server/actor";
import { deviceIdOfAccount } from "@/lib/server/cookie";
import { giveOneBack, givePointsBack, takePoint } from "@/lib/server/rate-limit";
import { hashToken } from "@/lib/server/secret";
import type { HashingFor } from "@/lib/server/hashing";

/** One try of a password for an e-mail. `device` names a browser that signed in to this very account lately. */
interface Try {
  email: string;
  address: string;
  device: string | null;
}

// An account is closed to one address soon and to the world late: a stranger must not keep its owner out.
const perAddress = { name: "sign-in.address", points: 50, seconds: 60 };
const accountHere = { name: "sign-in.account-here", points: 5, seconds: 60 };
const accountAnywhere = { name: "sign-in.account", points: 100, seconds: 600 };
/** Right passwords count too, and are not given back: whoever knows one must not begin logins without end. */
const right = { name: "sign-in.right", points: 100, seconds: 600 };

/** The limits that a try counts for, and their keys. What a known browser tries counts for that browser alone. */
function countersOf({ email, address, device }: Try) {
  // Of one length, and no e-mail stands where limits are kept.
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

/** Who waits for a hash when nobody is signed in. */
export const strangerAt = (address: string): HashingFor => ({ isRecognized: false, key: limitKeyOf(address) });

/** Who tries: the account, where there is one, and the login they ask through, where it is that account's. */
interface Trying {
  email: string;
  account: { id: string } | null;
  login?: string;
}

/**
 * The one way to find out whether a password is right, for every operation that asks for one: counts the try, whether or
 * not there is such an account, waits for its turn and does the work, which is null for a wrong password. Throws
 * `rate_limited` after too many, `busy` when too many wait. Being right gives the tries back.
 */
export async function tryPassword<T>(
  { address, cookies }: Pick<Caller, "address" | "cookies">,
  { email, account, login }: Trying,
  work: (asker: HashingFor) => Promise<T | null>,
): Promise<T | null> {
  const device = login ?? (account && (await deviceIdOfAccount(cookies, account.id)));
  const counters = countersOf({ email, address, device });
  for (const { limit, key } of counters) await takePoint(limit.name, key, limit);
  const found = await work(device === null ? strangerAt(address) : { isRecognized: true, key: device });
  if (found === null) return null;
  await takePoint(right.name, hashToken(email), right);
  await giveTriesBack(email, address, device);
  // Of an address others try too: this one try is given back, so that an office can sign in together.
  for (const { limit, key } of counters) if (limit === perAddress) await giveOneBack(limit.name, key, limit);
  return found;
}

/** What was tried for this account is forgotten: whoever asks has shown that it is theirs. */
export async function giveTriesBack(email: string, address: string, device: string | null = null): Promise<void> {
  const counters = countersOf({ email, address, device }).filter(({ limit }) => limit !== perAddress);
  await Promise.all(counters.map(({ limit, key }) => givePointsBack(limit.name, key, limit)));
}
