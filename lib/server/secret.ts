import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { type HashCaller, withHashSlot } from "./hashing";

/** A token for a link: 256 bits, url-safe. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** A token's hash, which is what we store. Tokens are random, so one round of SHA-256 is enough. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

// `memoryCost` is in KiB. The values are OWASP's first choice for argon2id.
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const unknownCaller: HashCaller = { isRecognized: false, key: null };

export function hashPassword(password: string, queue: HashCaller = unknownCaller): Promise<string> {
  return withHashSlot(queue, () => hash(password.normalize("NFKC"), argon));
}

// The hash to verify for accounts that do not exist, so that the answer takes as long as for those that do.
const dummyHash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$HfN6CxF4KvZzA0W0X0qZ4wrE5rMBRc2ZrxqPZ3q2Yz4";

/** Whether the password matches the stored hash. Without a stored hash, returns false after the same time. */
export async function verifyPassword(
  stored: string | null,
  password: string,
  queue: HashCaller = unknownCaller,
): Promise<boolean> {
  const matches = await withHashSlot(queue, () =>
    verify(stored ?? dummyHash, password.normalize("NFKC")).catch(() => false),
  );
  return stored !== null && matches;
}
