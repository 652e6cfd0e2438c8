import type { Entering } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";
import { env } from "@/lib/server/env";

/** What `mayEnter` asks of an account that joins with an invite, or would. */
export async function findEntering(
  tx: Tx,
  accountId: string,
  { organizationId, sentAt }: { organizationId: string; sentAt: Date | null },
): Promise<Entering> {
  const [account] = await tx.$queryRaw<Pick<Entering, "isProven" | "isElsewhere">[]>`
    SELECT a."emailProvenAt" IS NOT NULL AS "isProven",
      coalesce(bool_or(p."organizationId" <> ${organizationId}::uuid
        AND (p."leftAt" IS NULL OR p."deactivatedAt" IS NULL)), false) AS "isElsewhere"
    FROM "Account" a LEFT JOIN "Person" p ON p."accountId" = a.id WHERE a.id = ${accountId}::uuid GROUP BY a.id`;
  if (!account) throw new AppError("internal");
  // An emailed link proves the address: only a person who can read its mail has the link.
  const isProven = account.isProven || sentAt !== null;
  return { isProven, isElsewhere: account.isElsewhere, sendsEmail: env().smtpUrl !== null };
}
