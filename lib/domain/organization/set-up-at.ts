import { env } from "@/lib/server/env";
import { isReachableByOthers, setupCode } from "@/lib/server/setup-code";
import { organizationExists } from "./exists";

/**
 * The address at which this installation is set up, with the code that may be asked for there, and whether everybody is
 * asked; null once it is set up. On one's own computer only those are who come by another name or through a proxy.
 */
export async function setUpAt(): Promise<{ address: string; asksEverybody: boolean } | null> {
  // Whoever cannot ask the database yet serves all the same, and may have to be set up.
  if (await organizationExists().catch(() => false)) return null;
  return { address: `${env().publicUrl.origin}/setup#code=${setupCode()}`, asksEverybody: isReachableByOthers() };
}
