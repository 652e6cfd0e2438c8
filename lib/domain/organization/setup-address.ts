import { env } from "@/lib/server/env";
import { isReachableByOthers, setupCode } from "@/lib/server/setup-code";
import { organizationExists } from "./exists";

/**
 * The address of the set-up page, with the code in it. Null once Parley is set up. If `codeNeededByAll` is false, only requests
 * from other machines, to other host names or through a proxy need the code.
 */
export async function setupAddress(): Promise<{ address: string; codeNeededByAll: boolean } | null> {
  // The database may be down when the server starts. Then assume that Parley is not set up.
  if (await organizationExists().catch(() => false)) return null;
  return { address: `${env().publicUrl.origin}/setup#code=${setupCode()}`, codeNeededByAll: isReachableByOthers() };
}
