import { createHmac, timingSafeEqual } from "node:crypto";
import { isLoopbackName } from "@/lib/contract/loopback";
import type { Caller } from "./actor";
import { env } from "./env";

// Without letters that are read as figures. 16 of them are 80 bits.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 16;

/**
 * What whoever sets Parley up has to know where somebody else could come first. It follows from AUTH_SECRET, so that it
 * is the same over restarts and on every process, and is stored nowhere (decision 0017).
 */
export function setupCode(): string {
  const bytes = createHmac("sha256", env().authSecret).update("parley: code to set up").digest();
  const letters = [...bytes.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]);
  return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** Whether these settings let others than this machine in: then everybody is asked for the code. */
export function othersMayCome(): boolean {
  return env().publicUrlGiven || !isLoopbackName(env().host);
}

/** Whether this caller has to give the code. On one's own computer, opened at localhost, nothing is asked. */
export function asksSetupCode({ isLocal }: Pick<Caller, "isLocal">): boolean {
  return othersMayCome() || !isLocal;
}

/** Takes the same time wherever the two differ; read as people type it. */
export function isSetupCode(given: string): boolean {
  const [ours, theirs] = [setupCode(), given].map((text) => {
    const typed = text
      .toLowerCase()
      .replace(/o/g, "0")
      .replace(/[il]/g, "1")
      .replace(/[^0-9a-z]/g, "");
    return createHmac("sha256", env().authSecret).update(typed).digest();
  }) as [Buffer, Buffer];
  return timingSafeEqual(ours, theirs);
}
