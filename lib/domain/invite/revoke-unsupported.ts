import type { Prisma, Tx } from "@/lib/server/db";
import { closedReason, landingFields } from "./to-invite";

interface Which {
  organizationId: string;
  /** Only what this person made. */
  creatorId?: string;
  /** What is about to be written about them. */
  written?: Partial<Pick<Prisma.PersonGetPayload<object>, "role" | "deactivatedAt">>;
}

/**
 * Revokes the invites to the organization that their makers may no longer make. Call it after everything that takes the right to
 * invite from somebody. Returns how many.
 */
export async function revokeUnsupported(tx: Tx, { organizationId, creatorId, written }: Which): Promise<number> {
  const open = { organizationId, revokedAt: null, ...(creatorId && { creatorId }) };
  const invites = await tx.invite.findMany({ where: open, include: { creator: landingFields.creator } });
  // What has expired or was used up stays so: that is why its link does not work.
  const ids = invites
    .filter((invite) => closedReason({ ...invite, creator: { ...invite.creator, ...written } }) === "revoked")
    .map(({ id }) => id);
  if (ids.length === 0) return 0;
  const { count } = await tx.invite.updateMany({
    where: { ...open, id: { in: ids } },
    data: { revokedAt: new Date() },
  });
  return count;
}
