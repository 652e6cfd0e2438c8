import { env } from "@/lib/server/env";
import { isReachableByOthers, setupCode } from "@/lib/server/setup-code";
import { organizationExists } from "./exists";

/**
 * The set-up's address, including its code; null once Parley is set up. If `codeNeededByAll` is false, only requests from other
 * machines, to other names or through a proxy need the code.
 */
export async function setupAddress(): Promise<{ address: string; codeNeededByAll: boolean } | null> {
  // The database may be down when the server starts: then assume that it is not set up.
  if (await organizationExists().catch(() => false)) return null;
  return { address: `${env().publicUrl.origin}/setup#code=${setupCode()}`, codeNeededByAll: isReachableByOthers() };
}
