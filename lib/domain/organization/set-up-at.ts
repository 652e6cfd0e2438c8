import { env } from "@/lib/server/env";
import { othersMayCome, setupCode } from "@/lib/server/setup-code";
import { organizationExists } from "./exists";

/** The address at which this installation is set up, with the code that is asked for there; null when none is needed. */
export async function setUpAt(): Promise<string | null> {
  if (!othersMayCome()) return null;
  // Whoever cannot ask the database yet serves all the same.
  const exists = await organizationExists().catch(() => true);
  return exists ? null : `${env().publicUrl.origin}/setup#code=${setupCode()}`;
}
