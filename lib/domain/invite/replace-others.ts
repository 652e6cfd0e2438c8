import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { hashToken, newToken } from "@/lib/server/secret";
import { handledBy } from "./handled";
import { closedReason, landingFields } from "./to-invite";

/** An invite keeps the hashes of at most this many replaced links. Whoever opens a replaced link is told that there is a newer one. */
export const maxReplaced = 50;

/**
 * Locks the unrevoked invites for an email address, and returns their ids. They are locked in the order of
 * their ids, so that two invites that are sent at once do not deadlock.
 */
export async function lockInvitesFor(tx: Tx, organizationId: string, email: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Invite" WHERE "organizationId" = ${organizationId}::uuid AND email = ${email} AND "revokedAt" IS NULL
    ORDER BY id FOR NO KEY UPDATE`;
  return rows.map(({ id }) => id);
}

/**
 * Revokes the earlier invites for an address after a newer one was sent: those in `ids` that are open and that the actor may
 * revoke. Their links then say that there is a newer one. Returns the ids of the revoked invites. The caller must
 * have locked all of `ids` (`lockInvitesFor`).
 */
export async function replaceInvites(tx: Tx, actor: Actor, ids: string[], newestId: string): Promise<string[]> {
  const found = await tx.invite.findMany({
    where: { ...handledBy(actor), id: { in: ids, not: newestId } },
    // `closedReason` looks at the creator.
    include: { creator: landingFields.creator },
  });
  const open = found.filter((invite) => closedReason(invite) === null);
  if (open.length === 0) return [];
  const revokedAt = new Date();
  for (const { id } of open)
    await tx.invite.update({
      where: { id },
      // This hash moves to the newest invite, and a hash may occur only once. Nobody gets the token of the new one.
      data: { revokedAt, tokenHash: hashToken(newToken()), replacedHashes: [] },
      select: { id: true },
    });
  const { replacedHashes } = await tx.invite.findUniqueOrThrow({
    where: { id: newestId },
    select: { replacedHashes: true },
  });
  const hashes = [...replacedHashes, ...open.flatMap((invite) => [...invite.replacedHashes, invite.tokenHash])];
  await tx.invite.update({
    where: { id: newestId },
    data: { replacedHashes: hashes.slice(-maxReplaced) },
    select: { id: true },
  });
  return open.map(({ id }) => id);
}
