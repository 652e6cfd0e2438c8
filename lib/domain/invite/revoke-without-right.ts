import type { Prisma, Tx } from "@/lib/server/db";
import { closedReason, landingFields } from "./to-invite";

interface Which {
  organizationId: string;
  /** Only invites that this person created. */
  creatorId?: string;
  /** Changes of this person that are not written yet. */
  written?: Partial<Pick<Prisma.PersonGetPayload<object>, "role" | "deactivatedAt">>;
}

/**
 * Revokes the invites to the organization whose creators may no longer invite. Call it after every change that takes this right
 * from someone. Returns the number of revoked invites.
 */
export async function revokeWithoutRight(tx: Tx, { organizationId, creatorId, written }: Which): Promise<number> {
  const open = { organizationId, revokedAt: null, ...(creatorId && { creatorId }) };
  const invites = await tx.invite.findMany({ where: open, include: { creator: landingFields.creator } });
  // Expired and used-up invites are not revoked, so that their links keep giving the real reason.
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
