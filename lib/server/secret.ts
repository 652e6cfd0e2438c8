import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { type Asker, inTurn } from "./hashing";

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

const stranger: Asker = { known: false, key: null };

export function hashPassword(password: string, asker: Asker = stranger): Promise<string> {
  return inTurn(asker, () => hash(password.normalize("NFKC"), argon));
}

// Compared with when there is no such account, so that the answer takes as long as for one that exists.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$HfN6CxF4KvZzA0W0X0qZ4wrE5rMBRc2ZrxqPZ3q2Yz4";

/** Whether the password is the one hashed. Without a hash it takes as long and says no. */
export async function verifyPassword(
  stored: string | null,
  password: string,
  asker: Asker = stranger,
): Promise<boolean> {
  const same = await inTurn(asker, () => verify(stored ?? nobody, password.normalize("NFKC")).catch(() => false));
  return stored !== null && same;
}
