import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { once } from "./once";

/** A token for a link: 256 bits, url-safe. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token. Tokens are random, so one round of SHA-256 is enough. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

// Memory in KiB. OWASP's first choice for argon2id.
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const queue = () => once("argon2", () => ({ free: 2, waiting: [] as (() => void)[] }));

/** How many passwords wait to be hashed. */
export function passwordsWaiting(): number {
  return queue().waiting.length;
}

/** At most two hashes at once: each holds 19 MiB and a core, and a flood of sign-ins must not take them all. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const line = queue();
  if (line.free > 0) line.free--;
  else await new Promise<void>((go) => line.waiting.push(go));
  try {
    return await work();
  } finally {
    const next = line.waiting.shift();
    if (next) next();
    else line.free++;
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFKC"), argon));
}

// Compared with when there is no such account, so that the answer takes as long as for one that exists.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$HfN6CxF4KvZzA0W0X0qZ4wrE5rMBRc2ZrxqPZ3q2Yz4";

/** Whether the password is the one hashed. Without a hash it takes as long and says no. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const same = await inTurn(() => verify(stored ?? nobody, password.normalize("NFKC")).catch(() => false));
  return stored !== null && same;
}
