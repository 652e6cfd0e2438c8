import { createHmac, timingSafeEqual } from "node:crypto";
import { isLoopbackName } from "@/lib/contract/loopback";
import type { Caller } from "./actor";
import { env } from "./env";

// Without letters that look like digits. 16 characters are 80 bits.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 16;

/**
 * The code that protects the set-up from strangers. It is derived from AUTH_SECRET, so it is the same on every process and
 * after a restart, and need not be stored (decision 0017).
 */
export function setupCode(): string {
  const bytes = createHmac("sha256", env().authSecret).update("parley: code to set up").digest();
  const letters = [...bytes.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]);
  return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** Whether other machines can reach this server. If so, everybody needs the code. */
export function isReachableByOthers(): boolean {
  return env().publicUrlGiven || !isLoopbackName(env().host);
}

/**
 * Whether this caller needs the code. A caller on this machine, at a localhost address, does not, unless other machines can reach
 * the server.
 */
export function asksSetupCode({ isLocal }: Pick<Caller, "isLocal">): boolean {
  return isReachableByOthers() || !isLocal;
}

/** Compares in constant time. Ignores case and dashes, and takes `o` for 0 and `i` or `l` for 1. */
export function isSetupCode(typedCode: string): boolean {
  const [expected, actual] = [setupCode(), typedCode].map((text) => {
    const typed = text
      .toLowerCase()
      .replace(/o/g, "0")
      .replace(/[il]/g, "1")
      .replace(/[^0-9a-z]/g, "");
    return createHmac("sha256", env().authSecret).update(typed).digest();
  }) as [Buffer, Buffer];
  return timingSafeEqual(expected, actual);
}
